namespace Jarvis.Infrastructure.Ai.Speech;

internal sealed class ChatterboxOptions() : SpeechServerOptions(Section, "http://localhost:4123/v1")
{
    public const string Section = "Speech:Chatterbox";
}
