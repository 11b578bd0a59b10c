using Jarvis.Application.Administration;
using Jarvis.Application.Speech;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>The servers that the catalogue knows, where those are that are configured, and how each last answered.</summary>
internal sealed class SpeechServers : ISpeechProviders
{
    public const string Speaches = "speaches";
    public const string Chatterbox = "chatterbox";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly SpeechHttp http;
    private readonly ServiceHealthTracker journal;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, SpeechServer> configured = [];
    private readonly Dictionary<string, Availability> seen = [];
    private readonly Lock gate = new();
    private readonly IReadOnlyList<SpeechProvider> providers;

    public SpeechServers(
        IOptions<SpeechOptions> options,
        IOptions<SpeachesOptions> speaches,
        IOptions<ChatterboxOptions> chatterbox,
        SpeechHttp http,
        ServiceHealthTracker tracker,
        TimeProvider clock)
    {
        (this.http, this.journal, this.clock) = (http, tracker, clock);
        Configure(Speaches, SpeachesOptions.Section, speaches.Value);
        Configure(Chatterbox, ChatterboxOptions.Section, chatterbox.Value);
        providers =
        [
            .. VoiceCatalogFile.Read(options.Value.VoicesFile)
                .Select(provider => new SpeechProvider(provider.Key, Names[provider.Key], configured.ContainsKey(provider.Key), provider.Value)),
        ];
    }

    /// <summary>What there are adapters for, by id.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string> { [Speaches] = "Speaches", [Chatterbox] = "Chatterbox" };

    public IReadOnlyDictionary<string, bool?> LastKnown
    {
        get
        {
            lock (gate)
            {
                return configured.Keys.ToDictionary(id => id, id => seen.TryGetValue(id, out var last) ? last.Answers : (bool?)null);
            }
        }
    }

    public IReadOnlyList<SpeechProvider> List() => providers;

    public async Task<IReadOnlySet<string>> FindAvailableAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(configured.Values.Select(async server => (server.Id, Answers: await IsAvailableAsync(server, cancellationToken))));

        return answers.Where(answer => answer.Answers).Select(answer => answer.Id).ToHashSet();
    }

    public SpeechServer Get(string id) => configured[id];

    /// <summary>What somebody found out who used it.</summary>
    /// <param name="answers">Whether it is of any use at the moment.</param>
    /// <param name="fault">What is wrong with it, which may be so for some requests only.</param>
    public void Record(SpeechServer server, bool answers, ServiceFault? fault)
    {
        journal.Record(server.Id, server.Address, fault);
        lock (gate)
        {
            seen[server.Id] = new Availability(answers, clock.GetTimestamp());
        }
    }

    private void Configure(string id, string section, SpeechServerOptions options)
    {
        if (options.BaseUrl is { } address)
        {
            configured.Add(id, new SpeechServer(id, Names[id], section, address, options.ApiKey));
        }
    }

    private async Task<bool> IsAvailableAsync(SpeechServer server, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (seen.TryGetValue(server.Id, out var last) && clock.GetElapsedTime(last.At) < Fresh)
            {
                return last.Answers;
            }
        }

        var fault = await ProbeAsync(server, cancellationToken);
        Record(server, answers: fault is null, fault);

        return fault is null;
    }

    private async Task<ServiceFault?> ProbeAsync(SpeechServer server, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = server.CreateProbe();
            using var response = await http.SendAsync(request, timeout.Token);

            // Not all of them list their models, but one that says so is there.
            return (int)response.StatusCode < 500 ? null : ServiceFaultMapper.From(response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ServiceFaultMapper.From(e);
        }
    }

    private readonly record struct Availability(bool Answers, long At);
}
