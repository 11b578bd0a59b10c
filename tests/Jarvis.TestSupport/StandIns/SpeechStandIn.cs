using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Speech server over real HTTP on the loopback address that behaves as Speaches or Chatterbox does. It returns real audio, injects faults
/// and records requests. Every setting can change while it runs.
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

    /// <summary>Value for <c>Speech:Speaches:BaseUrl</c> or <c>Speech:Chatterbox:BaseUrl</c>.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Chatterbox always sends WAV, uses its own voice for an unknown voice name, and has its model built in.</summary>
    public bool IsChatterbox { get; }

    /// <summary>Models that Speaches has; null for all. <c>POST /v1/models/ID</c> adds one.</summary>
    public IReadOnlyList<string>? Installed { get; set; }

    /// <summary>API key; if it is set, a request with another key is rejected.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Audio for a request; espeak's voice by default.</summary>
    public Func<SpeechRequestLog, Task<byte[]>> Audio { get; set; } = SpeakAsync;

    /// <summary>Speech requests so far, in order.</summary>
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

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="everywhere">True to accept requests from other machines.</param>
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

    /// <summary>Applies this fault to the following speech requests.</summary>
    /// <param name="times">Number of affected requests; null affects all until <see cref="ClearFaults"/>.</param>
    public void AddFault(SpeechFault fault, Func<SpeechRequestLog, bool>? when = null, int? times = null) => faults.Add(fault, when ?? (_ => true), times);

    public void ClearFaults() => faults.Clear();

    /// <summary>Aborts the running requests, then closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        // A test may already have stopped it.
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

    // Piper's model names contain the language; Kokoro's voices have it in their first letter.
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
