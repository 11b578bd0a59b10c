namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>What Discord's developer portal gives; each part of Discord is off where its keys are absent.</summary>
internal sealed class DiscordOptions
{
    public const string Section = "Discord";

    public static readonly Uri PublicBaseUrl = new("https://discord.com");

    /// <summary>Of the application; with <see cref="ClientSecret"/> people can link their accounts.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Of the application, 64 hexadecimal digits: proves that an interaction comes from Discord.</summary>
    public string? PublicKey { get; set; }

    /// <summary>Secret; only for telling Discord which commands there are.</summary>
    public string? BotToken { get; set; }

    /// <summary>Secret: whoever has it can write to that channel. Where notices go.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Another than Discord's own only for a stand-in.</summary>
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool CanLink => ClientId is not null && ClientSecret is not null;

    public bool AcceptsInteractions => PublicKey is not null;

    public bool SendsNotifications => WebhookUrl is not null;

    public Uri Api(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/api/v10/{path}");
}
