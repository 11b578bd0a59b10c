using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Speech;

public static class SpeechErrors
{
    /// <summary>Maximum length of one text. Pages send sentences of at most 400 characters.</summary>
    public const int TextMaxLength = 4_000;

    public static Error TextEmpty { get; } =
        new(ErrorKind.Invalid, "speech.text_empty", $"There's nothing to read aloud: the text doesn't contain any letters or digits.");

    public static Error FormatUnknown { get; } = new(ErrorKind.Invalid, "speech.format_unknown", $"The format must be mp3, wav or opus.");

    public static Error SpeedInvalid { get; } = new(
        ErrorKind.Invalid,
        "speech.speed_invalid",
        $"The speed must be between {SpeechSpeed.Minimum} and {SpeechSpeed.Maximum}; 1 is the voice's normal pace.");

    public static Error TurnNotAnswered { get; } =
        new(ErrorKind.Conflict, "speech.not_answered", $"This message doesn't have an answer to read aloud yet.");

    public static Error NotConfigured { get; } = new(
        ErrorKind.Unavailable,
        "speech.not_configured",
        $"No speech server is configured, so the browser's voice is used. Your administrator can set Speech:Speaches:BaseUrl or Speech:Chatterbox:BaseUrl.");

    public static Error TextTooLong(int length) => new(
        ErrorKind.Invalid,
        "speech.text_too_long",
        $"The text is too long: {length} of {TextMaxLength} characters. Send it sentence by sentence.");

    public static Error ProviderUnknown(string provider, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.provider_unknown",
        $"Unknown speech server “{Shorten(provider)}”. Jarvis knows: {FormatList(known)}.");

    public static Error ModelUnknown(string model, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.model_unknown",
        $"Unknown speech model “{Shorten(model)}”. Available: {FormatList(known)}.");

    public static Error VoiceUnknown(string voice, IEnumerable<string> known) => new(
        ErrorKind.Invalid,
        "speech.voice_unknown",
        $"Unknown voice “{Shorten(voice)}”. Available: {FormatList(known)}.");

    public static Error ProviderOff(string name) => new(
        ErrorKind.Unavailable,
        "speech.provider_off",
        $"{name} isn't configured, so the browser's voice is used. Choose another voice in the settings, or ask your administrator to set Speech:{name}:BaseUrl.");

    private static string FormatList(IEnumerable<string> names) => string.Join(", ", names);

    // Limits the length of a name from the request in a message.
    private static string Shorten(string name) => name.Length <= 100 ? name : name.Truncate(100) + "…";
}
