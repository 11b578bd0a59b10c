namespace Jarvis.Application.Speech;

/// <summary>A speech server broke off in the middle of a sound, or would not end: what was passed on so far cannot be taken back.</summary>
public sealed class SpeechStreamException(string message, Exception? cause = null) : Exception(message, cause);
