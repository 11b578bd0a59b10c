namespace Jarvis.Domain.Speech;

/// <summary>Audio format that browsers can play and speech servers can produce.</summary>
public enum SpeechFormat
{
    Mp3,
    Wav,

    /// <summary>Opus in an Ogg container.</summary>
    Opus,
}
