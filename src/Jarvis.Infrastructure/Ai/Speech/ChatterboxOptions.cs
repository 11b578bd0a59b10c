namespace Jarvis.Infrastructure.Ai.Speech;

internal sealed class ChatterboxOptions : SpeechServerOptions
{
    public const string Section = "Speech:Chatterbox";
}
