namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of the speech stand-in.</summary>
public sealed record SpeechFault : StandInFault<SpeechFault>
{
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>
    /// Number of bytes after which the connection is closed in the middle of the response; 0 closes it right after the headers.
    /// </summary>
    public int? CutAfter { get; init; }

    /// <summary>Number of bytes after which nothing follows while the connection stays open.</summary>
    public int? SilentAfter { get; init; }

    /// <summary>Repeats the audio endlessly.</summary>
    public bool Endless { get; init; }

    public static SpeechFault NeverEnding { get; } = new() { Endless = true };

    /// <summary>HTML page with an audio content type.</summary>
    public static SpeechFault HtmlAsAudio => new() { Body = ("audio/mpeg", HtmlPage.Body!.Value.Text) };

    public static SpeechFault NoAudio { get; } = new() { Body = ("audio/mpeg", "") };

    /// <summary>Gives sent bytes time to arrive: an aborted connection drops what the caller has not read yet.</summary>
    public static SpeechFault Cut(int afterBytes = 2_000) => new() { CutAfter = afterBytes, ChunkDelay = TimeSpan.FromMilliseconds(200) };

    public static SpeechFault StallsAfter(int afterBytes = 2_000) => new() { SilentAfter = afterBytes };
}
