namespace Jarvis.Domain.Speech;

/// <summary>How sound is packed; what each browser plays, and what speech servers make.</summary>
public enum SpeechFormat
{
    Mp3,
    Wav,

    /// <summary>Opus in Ogg.</summary>
    Opus,
}
