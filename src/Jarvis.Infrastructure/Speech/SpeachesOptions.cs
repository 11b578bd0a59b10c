namespace Jarvis.Infrastructure.Speech;

internal sealed class SpeachesOptions : SpeechServerOptions
{
    public const string Section = "Speech:Speaches";
}
