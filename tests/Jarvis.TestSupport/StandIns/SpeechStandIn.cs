using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Speech server over real HTTP on the loopback address that behaves as Speaches or Chatterbox does. It returns real audio, injects faults
/// and records requests. Every setting can change while it runs.
/// </summary>
public sealed class SpeechStandIn : RecordingStandIn<SpeechRequestLog, SpeechFault>
{
    private static readonly ConcurrentDictionary<(string, string, double, string), Lazy<Task<byte[]>>> Spoken = new();

    private SpeechStandIn(bool isChatterbox) => IsChatterbox = isChatterbox;

    /// <summary>Value for <c>Speech:Speaches:BaseUrl</c> or <c>Speech:Chatterbox:BaseUrl</c>.</summary>
    public Uri BaseUrl => new(Root, "v1");

    /// <summary>Chatterbox always sends WAV, uses its own voice for an unknown voice name, and has its model built in.</summary>
    public bool IsChatterbox { get; }

    /// <summary>Models that Speaches has; null for all. <c>POST /v1/models/ID</c> adds one.</summary>
    public IReadOnlyList<string>? Installed { get; set; }

    /// <summary>API key; if it is set, a request with another key is rejected.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Audio for a request; espeak's voice by default.</summary>
    public Func<SpeechRequestLog, Task<byte[]>> Audio { get; set; } = SpeakAsync;

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="everywhere">True to accept requests from other machines.</param>
    public static Task<SpeechStandIn> StartAsync(int port = 0, bool everywhere = false, bool isChatterbox = false) =>
        StartAsync(new SpeechStandIn(isChatterbox), port, everywhere);

    protected override void Map(WebApplication app) => SpeechEndpoints.Map(app, this);

    protected override string Describe(SpeechRequestLog request) => request.Text;

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
