using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Reads the settings by hand, because what a compose file leaves empty is as good as absent.</summary>
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

    private static Uri? ReadUrl(string? value) => ReadText(value) is { } address ? new Uri(address, UriKind.RelativeOrAbsolute) : null;

    private static string? ReadText(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
