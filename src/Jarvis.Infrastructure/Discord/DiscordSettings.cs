using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Discord;

/// <summary>Reads the settings by hand, because what a compose file leaves empty is as good as absent.</summary>
internal static class DiscordSettings
{
    public static void Read(IConfiguration configuration, DiscordOptions options)
    {
        var section = configuration.GetSection(DiscordOptions.Section);
        options.ClientId = Text(section["ClientId"]);
        options.ClientSecret = Text(section["ClientSecret"]);
        options.PublicKey = Text(section["PublicKey"]);
        options.BotToken = Text(section["BotToken"]);
        options.WebhookUrl = Address(section["WebhookUrl"]);
        options.BaseUrl = Address(section["BaseUrl"]) ?? DiscordOptions.PublicBaseUrl;
    }

    private static Uri? Address(string? value) => Text(value) is { } address ? new Uri(address, UriKind.RelativeOrAbsolute) : null;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
