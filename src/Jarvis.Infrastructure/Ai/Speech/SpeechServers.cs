using Jarvis.Application.Administration;
using Jarvis.Application.Speech;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Speech servers of the catalogue, the addresses of the configured ones, and their last known availability.</summary>
internal sealed class SpeechServers : ISpeechProviders
{
    public const string Speaches = "speaches";
    public const string Chatterbox = "chatterbox";
    private static readonly TimeSpan AvailabilityLifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private readonly SpeechHttpClient http;
    private readonly ServiceHealthTracker tracker;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, SpeechServer> configured = [];
    private readonly Dictionary<string, Availability> lastSeen = [];
    private readonly Lock sync = new();
    private readonly IReadOnlyList<SpeechProvider> providers;

    public SpeechServers(
        IOptions<SpeechOptions> options,
        IOptions<SpeachesOptions> speaches,
        IOptions<ChatterboxOptions> chatterbox,
        SpeechHttpClient http,
        ServiceHealthTracker tracker,
        TimeProvider clock)
    {
        (this.http, this.tracker, this.clock) = (http, tracker, clock);
        Configure(Speaches, SpeachesOptions.Section, speaches.Value);
        Configure(Chatterbox, ChatterboxOptions.Section, chatterbox.Value);
        providers =
        [
            .. VoiceCatalogFile.Read(options.Value.VoicesFile)
                .Select(provider => new SpeechProvider(provider.Key, Names[provider.Key], configured.ContainsKey(provider.Key), provider.Value)),
        ];
    }

    /// <summary>Names of the providers that have an adapter, by id.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string> { [Speaches] = "Speaches", [Chatterbox] = "Chatterbox" };

    public IReadOnlyDictionary<string, bool?> LastKnown
    {
        get
        {
            lock (sync)
            {
                return configured.Keys.ToDictionary(id => id, id => lastSeen.TryGetValue(id, out var last) ? last.IsAvailable : (bool?)null);
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

    /// <summary>Records the result of a call to the server.</summary>
    /// <param name="isAvailable">Indicates whether the server is currently usable.</param>
    /// <param name="fault">Fault of the call, which may affect only some requests.</param>
    public void Record(SpeechServer server, bool isAvailable, ServiceFault? fault)
    {
        tracker.Record(server.Id, server.Address, fault);
        lock (sync)
        {
            lastSeen[server.Id] = new Availability(isAvailable, clock.GetTimestamp());
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
        lock (sync)
        {
            if (lastSeen.TryGetValue(server.Id, out var last) && clock.GetElapsedTime(last.At) < AvailabilityLifetime)
            {
                return last.IsAvailable;
            }
        }

        var fault = await ProbeAsync(server, cancellationToken);
        Record(server, isAvailable: fault is null, fault);

        return fault is null;
    }

    private async Task<ServiceFault?> ProbeAsync(SpeechServer server, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ProbeTimeout);
        try
        {
            using var request = server.CreateProbe();
            using var response = await http.SendAsync(request, timeout.Token);

            // Not every server lists its models. A server that answers 404 is still available.
            return (int)response.StatusCode < 500 ? null : ServiceFaultMapper.From(response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ServiceFaultMapper.From(e);
        }
    }

    private readonly record struct Availability(bool IsAvailable, long At);
}
