namespace Jarvis.Infrastructure.Ai.Speech;

internal sealed class SpeachesOptions : SpeechServerOptions
{
    public const string Section = "Speech:Speaches";
}
