using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// A speech server over real HTTP on the loopback, as Speaches is one or as Chatterbox is: with real sound, with faults on
/// demand, and it keeps what it was asked. Everything can be changed while it runs.
/// </summary>
public sealed class SpeechStandIn : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<(string, string, double, string), Lazy<Task<byte[]>>> Spoken = new();

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<SpeechRequestLog> requests = [];
    private readonly FaultRules<SpeechRequestLog, SpeechFault> faults = new();
    private int disposed;

    private SpeechStandIn(WebApplication app, bool isChatterbox) => (this.app, IsChatterbox) = (app, isChatterbox);

    /// <summary>What <c>Speech:Speaches:BaseUrl</c> or <c>Speech:Chatterbox:BaseUrl</c> wants.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Chatterbox sends WAV whatever is asked for, speaks with its own voice where it does not know one, and has its model with it.</summary>
    public bool IsChatterbox { get; }

    /// <summary>Which models Speaches has; null for all. <c>POST /v1/models/ID</c> adds one.</summary>
    public IReadOnlyList<string>? Installed { get; set; }

    /// <summary>If set, a request with another key is refused.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What it says. espeak's voice, unless a test has a sound of its own.</summary>
    public Func<SpeechRequestLog, Task<byte[]>> Sound { get; set; } = SpeakAsync;

    /// <summary>All that it was asked to speak so far, in order.</summary>
    public IReadOnlyList<SpeechRequestLog> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    internal CancellationToken Stopping => stopping.Token;

    /// <param name="port">0 for a free one.</param>
    /// <param name="everywhere">Whether other machines may ask too.</param>
    public static async Task<SpeechStandIn> StartAsync(int port = 0, bool everywhere = false, bool isChatterbox = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(everywhere ? IPAddress.Any : IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();

        var standIn = new SpeechStandIn(app, isChatterbox);
        SpeechEndpoints.Map(app, standIn);
        await app.StartAsync();
        standIn.BaseUrl = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + "/v1");

        return standIn;
    }

    /// <summary>From now on requests to speak meet this fault.</summary>
    /// <param name="times">How many of them; without it, all until <see cref="ClearFaults"/>.</param>
    public void AddFault(SpeechFault fault, Func<SpeechRequestLog, bool>? when = null, int? times = null) => faults.Add(fault, when ?? (_ => true), times);

    /// <summary>No more faults.</summary>
    public void ClearFaults() => faults.Clear();

    /// <summary>What is being spoken is cut, then the port is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        // A test may have taken it away already.
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    internal SpeechFault Receive(SpeechRequestLog request)
    {
        lock (gate)
        {
            requests.Add(request);
        }

        return faults.Next(request) ?? SpeechFault.None;
    }

    private static Task<byte[]> SpeakAsync(SpeechRequestLog request) => Spoken.GetOrAdd(
        (request.Text, VoiceOf(request), request.Speed, request.Format),
        spoken => new Lazy<Task<byte[]>>(() => WavBuilder.SpeakAsync(spoken.Item1, spoken.Item2, spoken.Item3, spoken.Item4))).Value;

    // The language is in Piper's name of the model, and in the first letter of Kokoro's voices.
    private static string VoiceOf(SpeechRequestLog request) => request switch
    {
        { Model: var model } when model.Contains("pl_PL", StringComparison.Ordinal) => "pl",
        { Model: var model } when model.Contains("de_DE", StringComparison.Ordinal) => "de",
        { Model: var model } when model.Contains("en_GB", StringComparison.Ordinal) => "en-gb",
        { Voice: [var language, var sex, '_', ..] } => $"{KokoroLanguage(language)}+{(sex == 'f' ? "f3" : "m3")}",
        _ => "en-us",
    };

    private static string KokoroLanguage(char letter) => letter switch
    {
        'b' => "en-gb",
        'e' => "es",
        'f' => "fr-fr",
        'h' => "hi",
        'i' => "it",
        'j' => "ja",
        'p' => "pt-br",
        'z' => "cmn",
        _ => "en-us",
    };
}
