using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Rejects invalid settings at startup. The messages never contain a secret.</summary>
internal sealed class DiscordOptionsValidator : IValidateOptions<DiscordOptions>
{
    private const int PublicKeyDigits = 64;

    public ValidateOptionsResult Validate(string? name, DiscordOptions options)
    {
        string[] problems = [.. Problems(options)];

        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(DiscordOptions options)
    {
        if (options.ClientId is { } id && !id.All(char.IsAsciiDigit))
        {
            yield return "Discord:ClientId isn't a Discord application id, which has only digits.";
        }

        if (options.ClientSecret is not null && options.ClientId is null)
        {
            yield return "Discord:ClientId is missing. Set it, or remove Discord:ClientSecret.";
        }

        if (options.PublicKey is { } key && !(key.Length == PublicKeyDigits && key.All(char.IsAsciiHexDigit)))
        {
            yield return $"Discord:PublicKey isn't a Discord public key, which has {PublicKeyDigits} hexadecimal digits.";
        }

        if (options.WebhookUrl is { } webhook && !HttpUrl.IsValid(webhook))
        {
            yield return "Discord:WebhookUrl isn't a valid URL. Copy it from the channel's settings: https://discord.com/api/webhooks/….";
        }

        if (!HttpUrl.IsValid(options.BaseUrl))
        {
            yield return $"Discord:BaseUrl is “{options.BaseUrl}”. Remove it, or set it to the address of a stand-in.";
        }
    }
}
