using System.Globalization;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Speech;

public static class SpeechErrors
{
    /// <summary>What is spoken at once. Pages send sentences, of 400 characters at most.</summary>
    public const int TextMaxLength = 4_000;

    public static Error TextEmpty { get; } =
        new(ErrorKind.Invalid, "speech.text_empty", $"There is nothing to speak: the text holds no letter and no digit.");

    public static Error FormatUnknown { get; } = new(ErrorKind.Invalid, "speech.format_unknown", $"The format is mp3, wav or opus.");

    public static Error SpeedInvalid { get; } = new(
        ErrorKind.Invalid,
        "speech.speed_invalid",
        $"A speed lies between {SpeechSpeed.Minimum} and {SpeechSpeed.Maximum}; 1 is the voice's own pace.");

    public static Error TurnNotAnswered { get; } =
        new(ErrorKind.Conflict, "speech.not_answered", $"This message has no answer that could be read aloud yet.");

    public static Error NotConfigured { get; } = new(
        ErrorKind.Unavailable,
        "speech.not_configured",
        $"No speech server is configured, so the browser speaks. Whoever runs this Jarvis can set Speech:Speaches:BaseUrl or Speech:Chatterbox:BaseUrl.");

    public static Error TextTooLong(int length) => new(
        ErrorKind.Invalid,
        "speech.text_too_long",
        $"The text has {length} characters; {TextMaxLength} can be spoken at once. Send it sentence by sentence.");

    public static Error ProviderUnknown(string provider, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.provider_unknown",
        $"There is no speech server “{Truncate(provider)}”. Those that Jarvis knows: {FormatList(known)}.");

    public static Error ModelUnknown(string model, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.model_unknown",
        $"There is no speech model “{Truncate(model)}” here. Those there are: {FormatList(known)}.");

    public static Error VoiceUnknown(string voice, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.voice_unknown",
        $"There is no voice “{Truncate(voice)}” here. Those there are: {FormatList(known)}.");

    public static Error ProviderOff(string name) => new(
        ErrorKind.Unavailable,
        "speech.provider_off",
        $"{name} is not configured, so the browser speaks. Choose another voice in the settings, or have Speech:{name}:BaseUrl set.");

    private static string FormatList(IEnumerable<string> names) => string.Join(", ", names);

    // It came from outside and goes into a sentence.
    private static string Truncate(string name) => name.Length <= 100 ? name : string.Create(CultureInfo.InvariantCulture, $"{name[..100]}…");
}
