namespace Jarvis.TestSupport;

/// <summary>
/// All secrets that tests give to Jarvis or to stand-ins. The output of a run is searched for each of them, so a secret defined elsewhere
/// would not be found.
/// </summary>
public static class Secrets
{
    /// <summary>
    /// Marker that every secret contains and no other text. It consists of lower-case letters and the digits 2 to 7, so that it fits any
    /// form of key, base32 included; the search ignores case.
    /// </summary>
    public const string Marker = "q7zx3vwk2pj5";

    // Contains spaces, which forms encode differently.
    public const string Password = "correct horse " + Marker + " staple";
    public const string WrongPassword = "wrong horse " + Marker + " battery";

    // Too short for the marker.
    public const string ShortPassword = "żółw-5x";

    public const string OpenAiKey = "sk-" + Marker + "-openai";
    public const string AzureOpenAiKey = Marker + "0azure0openai";
    public const string LocalModelKey = "sk-" + Marker + "-local";
    public const string EmbeddingsKey = "sk-" + Marker + "-embeddings";
    public const string SpeachesKey = Marker + "-speaches";
    public const string ChatterboxKey = Marker + "-chatterbox";

    /// <summary>Key that the server rejects.</summary>
    public const string WrongKey = "sk-" + Marker + "-wrong";

    public const string RecaptchaKey = "6L" + Marker + "-recaptcha";
    public const string WrongRecaptchaKey = "6L" + Marker + "-another";
    public const string AzureBoardsToken = Marker + "azureboardspersonalaccesstoken";
    public const string WrongAzureBoardsToken = Marker + "anotherpersonalaccesstoken";

    public const string DiscordClientSecret = Marker + "-discord-client";
    public const string DiscordBotToken = Marker + ".discord.bot";
    public const string WrongDiscordBotToken = Marker + ".discord.wrong";
    public const string DiscordWebhookToken = Marker + "-discord-webhook";

    public const string ComposePassword = Marker + "0compose";

    /// <summary>Secret that a user pastes into a report and that must be redacted.</summary>
    public const string PastedToken = "jrv_" + Marker + "AbCdEf0123456789";
    public const string PastedPassword = "hunter22" + Marker;
}
