namespace Jarvis.Application.Speech;

/// <summary>
/// Thrown if a speech server breaks off a stream or exceeds its limits. The caller can't take back the audio that it already passed
/// on.
/// </summary>
public sealed class SpeechStreamException(string message, Exception? cause = null) : Exception(message, cause);
