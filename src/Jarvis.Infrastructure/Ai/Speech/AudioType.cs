namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Detects an audio format by its first bytes, because servers send other formats than requested, and HTML pages instead of audio.
/// </summary>
internal static class AudioType
{
    /// <summary>Number of bytes that the detection needs.</summary>
    public const int Signature = 12;

    /// <summary>Returns the content type; null if the bytes aren't audio that browsers can play.</summary>
    public static string? Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [0xFF, var second, ..] when (second & 0xE0) == 0xE0 => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        _ => null,
    };
}
