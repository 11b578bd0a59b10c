namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Keys from Discord's developer portal. Each Discord feature is off if its keys are missing.</summary>
internal sealed class DiscordOptions
{
    public const string Section = "Discord";

    public static readonly Uri PublicBaseUrl = new("https://discord.com");

    /// <summary>Application id. Together with <see cref="ClientSecret"/>, it lets users link their Discord accounts.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Public key of the application, 64 hexadecimal digits. It verifies that an interaction comes from Discord.</summary>
    public string? PublicKey { get; set; }

    /// <summary>Secret. Needed only to register the commands.</summary>
    public string? BotToken { get; set; }

    /// <summary>Webhook that receives the notifications for administrators. Secret: it allows writing to the channel.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Base URL of Discord. Other values are for stand-ins in tests.</summary>
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool CanLink => ClientId is not null && ClientSecret is not null;

    public bool AcceptsInteractions => PublicKey is not null;

    public bool SendsNotifications => WebhookUrl is not null;

    public Uri Api(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/api/v10/{path}");
}
