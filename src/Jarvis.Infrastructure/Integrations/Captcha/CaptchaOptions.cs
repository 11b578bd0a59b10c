using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Google's reCAPTCHA at registration; off while nothing of it is set.</summary>
public sealed class CaptchaOptions
{
    public const string Section = "Captcha";

    /// <summary>What the check is asked for, and has to say that it was.</summary>
    public const string Action = "register";

    public static readonly Uri PublicBaseUrl = new("https://www.google.com");

    /// <summary>Public: it stands in the page.</summary>
    public string? SiteKey { get; set; }

    /// <summary>Secret.</summary>
    public string? SecretKey { get; set; }

    /// <summary>What answers <c>/recaptcha/api/siteverify</c>. Where Google's name does not work: https://www.recaptcha.net.</summary>
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    /// <summary>Where browsers get the check from, if that is another name of the same: in containers it may be.</summary>
    public Uri? WidgetBaseUrl { get; set; }

    /// <summary>2: a box to tick. 3: nothing to be seen, and a score.</summary>
    [Range(2, 3, ErrorMessage = "Captcha:Version must be 2 or 3, matching your keys.")]
    public int Version { get; set; } = 2;

    /// <summary>From 0, surely a program, to 1, surely a person.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Captcha:MinimumScore must be between 0 and 1.")]
    public double MinimumScore { get; set; } = 0.5;

    /// <summary>The names under which people reach Jarvis, parted by commas: a proof from any other place is refused.</summary>
    public string? HostName { get; set; }

    public bool IsConfigured => SiteKey is { Length: > 0 } && SecretKey is { Length: > 0 };

    public bool IsPartial => SiteKey is { Length: > 0 } || SecretKey is { Length: > 0 };

    public IReadOnlyList<string> HostNames => HostName?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
