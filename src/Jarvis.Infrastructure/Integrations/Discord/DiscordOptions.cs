using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Keys from Discord's developer portal. Each Discord feature is off if its keys are missing.</summary>
internal sealed class DiscordOptions : IValidatableObject
{
    public const string Section = "Discord";

    public static readonly Uri PublicBaseUrl = new("https://discord.com");

    /// <summary>Application id. Together with <see cref="ClientSecret"/>, it lets users link their Discord accounts.</summary>
    [RegularExpression("[0-9]+", ErrorMessage = "Discord:ClientId isn't a Discord application id, which has only digits.")]
    public string? ClientId { get; set; }

    /// <summary>Secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Public key of the application, 64 hexadecimal digits. It verifies that an interaction comes from Discord.</summary>
    [RegularExpression("[0-9A-Fa-f]{64}", ErrorMessage = "Discord:PublicKey isn't a Discord public key, which has 64 hexadecimal digits.")]
    public string? PublicKey { get; set; }

    /// <summary>Secret. Needed only to register the commands.</summary>
    public string? BotToken { get; set; }

    /// <summary>
    /// Webhook that receives the notifications for administrators. Secret: it allows writing to the channel. It is a text, because
    /// the binder repeats a value that it can't convert in its error message.
    /// </summary>
    [HttpUrl(ErrorMessage = "Discord:WebhookUrl isn't a valid URL. Copy it from the channel's settings: https://discord.com/api/webhooks/….")]
    public string? WebhookUrl { get; set; }

    /// <summary>Base URL of Discord. Other values are for stand-ins in tests.</summary>
    [HttpUrl(ErrorMessage = "Discord:BaseUrl is “{1}”. Remove it, or set it to the address of a stand-in.")]
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool CanLink => ClientId is not null && ClientSecret is not null;

    public bool AcceptsInteractions => PublicKey is not null;

    public Uri? Webhook => WebhookUrl is null ? null : new Uri(WebhookUrl);

    public Uri Api(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/api/v10/{path}");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ClientSecret is not null && ClientId is null
        ? [new ValidationResult("Discord:ClientId is missing. Set it, or remove Discord:ClientSecret.")]
        : [];
}
