using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Reads the settings without the binder. Empty values count as missing, because a Compose file passes unset variables as empty texts.
/// And the binder repeats a value that it can't convert in its error message, but the URL of a webhook is secret.
/// </summary>
internal static class DiscordSettings
{
    public static void Read(IConfiguration configuration, DiscordOptions options)
    {
        var section = configuration.GetSection(DiscordOptions.Section);
        options.ClientId = ReadText(section["ClientId"]);
        options.ClientSecret = ReadText(section["ClientSecret"]);
        options.PublicKey = ReadText(section["PublicKey"]);
        options.BotToken = ReadText(section["BotToken"]);
        options.WebhookUrl = ReadUrl(section["WebhookUrl"]);
        options.BaseUrl = ReadUrl(section["BaseUrl"]) ?? DiscordOptions.PublicBaseUrl;
    }

    private static Uri? ReadUrl(string? value) => ReadText(value) is { } url ? new Uri(url, UriKind.RelativeOrAbsolute) : null;

    private static string? ReadText(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
