namespace Jarvis.TestSupport;

/// <summary>
/// Every secret that tests give to Jarvis, or stand-ins to each other. What a run wrote is searched for all of them, so a secret that
/// is written down elsewhere is one that nobody looks for.
/// </summary>
public static class Secrets
{
    /// <summary>
    /// In each of them and in nothing else. Lower-case letters and the digits 2 to 7, so that it can stand in any form of key, base32
    /// included; whoever searches does not mind its case.
    /// </summary>
    public const string Marker = "q7zx3vwk2pj5";

    // With spaces, which look otherwise in a form.
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

    /// <summary>One that the other side does not accept.</summary>
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

    /// <summary>What somebody pastes into a report, from which it has to be taken out.</summary>
    public const string PastedToken = "jrv_" + Marker + "AbCdEf0123456789";
    public const string PastedPassword = "hunter22" + Marker;
}
