using System.Text.RegularExpressions;

namespace Jarvis.Domain.BugReports;

/// <summary>
/// Removes secrets from pasted settings, headers and logs. Prefers false positives: losing a word is acceptable, leaking a secret
/// is not.
/// </summary>
public static partial class SecretRedactor
{
    public const string Placeholder = "[removed]";

    /// <summary>Returns the text with <see cref="Placeholder"/> in place of each secret.</summary>
    public static string Redact(string text)
    {
        foreach (var (pattern, replacement) in Patterns)
        {
            text = pattern.Replace(text, replacement);
        }

        return text;
    }

    // Large patterns first, because they can contain matches of the smaller ones.
    private static readonly (Regex Pattern, string Replacement)[] Patterns =
    [
        (PrivateKey, Placeholder),
        (WebhookUrl, "$1" + Placeholder),
        (UrlCredentials, "$1" + Placeholder + "@"),
        (AuthorizationHeader, "$1" + Placeholder),
        (Bearer, "$1 " + Placeholder),
        (JsonWebToken, Placeholder),
        (DiscordToken, Placeholder),
        (KnownKey, Placeholder),
        (AzureToken, Placeholder),
        (QuotedSetting, "$1" + Placeholder + "$2"),
        (Setting, "$1" + Placeholder),
    ];

    // Also matches a key whose end was not copied.
    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|\z)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey { get; }

    [GeneratedRegex(@"(https?://[^\s/]*discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/|https?://hooks\.slack\.com/services/)[\w./-]+", RegexOptions.IgnoreCase)]
    private static partial Regex WebhookUrl { get; }

    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/@:""']*:[^\s/@""']+@", RegexOptions.IgnoreCase)]
    private static partial Regex UrlCredentials { get; }

    // Matches the rest of the line, because schemes and their parameters vary.
    [GeneratedRegex(@"(\b(?:Proxy-)?Authorization[""']?\s*[:=]\s*|\bX-(?:Api-Key|CSRF-TOKEN)[""']?\s*[:=]\s*|\b(?:Set-)?Cookie[""']?\s*:\s*)[^\r\n]+", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationHeader { get; }

    [GeneratedRegex(@"\b(Bearer|Bot|Basic)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer { get; }

    [GeneratedRegex(@"\beyJ[\w-]{5,}\.[\w-]{5,}(\.[\w-]*)?")]
    private static partial Regex JsonWebToken { get; }

    [GeneratedRegex(@"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|\bmfa\.[\w-]{20,}")]
    private static partial Regex DiscordToken { get; }

    // Jarvis, OpenAI and compatible servers, GitHub, Slack, AWS, Google, Stripe, GitLab, Hugging Face, npm.
    [GeneratedRegex(@"\bjrv_[\w-]{6,}|\bsk-[\w-]{12,}|\b(?:gh[oprsu]|github_pat)_\w{16,}|\bxox[a-z]-[\w-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\b[rs]k_(?:live|test)_\w{10,}|\bglpat-[\w-]{16,}|\bhf_\w{20,}|\bnpm_\w{20,}")]
    private static partial Regex KnownKey { get; }

    [GeneratedRegex(@"\b[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}\b|\b[a-z2-7]{52}\b")]
    private static partial Regex AzureToken { get; }

    [GeneratedRegex($@"({SecretNames}[""']?\s*[:=]\s*([""'])).*?\2", RegexOptions.IgnoreCase)]
    private static partial Regex QuotedSetting { get; }

    // Connection strings, environment variables and URLs: matches up to the next separator.
    [GeneratedRegex($@"({SecretNames}\s*[:=]\s*)(?!\[removed\])[^\s;,&""'<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Setting { get; }

    private const string SecretNames =
        @"(?:(?<![a-z])(?:password|passwd|pwd|passphrase|hasło|haslo)|[\w.:-]{0,60}(?:api[_-]?key|access[_-]?key|account[_-]?key|shared[_-]?access[_-]?key|secret[_-]?key|client[_-]?secret|_secret|_password|_token|:password|access[_-]?token|refresh[_-]?token|personal[_-]?access[_-]?token|bot[_-]?token)|(?<![a-z])(?:secret|token|sig))";
}
