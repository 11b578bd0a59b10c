namespace Jarvis.Infrastructure.Ai.Speech;

internal sealed class SpeachesOptions() : SpeechServerOptions(Section, "http://localhost:8000/v1")
{
    public const string Section = "Speech:Speaches";
}
