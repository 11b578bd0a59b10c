namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>What sound it is, by its first bytes: servers send another format than was asked for, and pages instead of sound.</summary>
internal static class AudioType
{
    /// <summary>So many bytes tell.</summary>
    public const int Signature = 12;

    /// <summary>The content type; null where it is no sound that browsers are known to play.</summary>
    public static string? Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [0xFF, var second, ..] when (second & 0xE0) == 0xE0 => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        _ => null,
    };
}
