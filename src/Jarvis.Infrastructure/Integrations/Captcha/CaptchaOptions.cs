using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Google reCAPTCHA at registration; off if no key is set.</summary>
public sealed class CaptchaOptions : IValidatableObject
{
    public const string Section = "Captcha";

    /// <summary>Action that the widget requests and that the response must repeat.</summary>
    public const string Action = "register";

    public static readonly Uri PublicBaseUrl = new("https://www.google.com");

    /// <summary>Public: part of the page.</summary>
    public string? SiteKey { get; set; }

    /// <summary>Secret.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Server of <c>/recaptcha/api/siteverify</c>. Use https://www.recaptcha.net in networks that block google.com.</summary>
    [HttpUrl(ErrorMessage = "Captcha:BaseUrl is “{1}”. Set it to an address such as https://www.google.com.")]
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    /// <summary>Server that browsers load the widget from, if it differs from <see cref="BaseUrl"/>, as it may with containers.</summary>
    [HttpUrl(ErrorMessage = "Captcha:WidgetBaseUrl is “{1}”. Set it to an address such as https://www.google.com.")]
    public Uri? WidgetBaseUrl { get; set; }

    /// <summary>2: a checkbox. 3: invisible, with a score.</summary>
    [Range(2, 3, ErrorMessage = "Captcha:Version must be 2 or 3, matching your keys.")]
    public int Version { get; set; } = 2;

    /// <summary>Minimum score, from 0 (certainly a bot) to 1 (certainly a person).</summary>
    [Range(0.0, 1.0, ErrorMessage = "Captcha:MinimumScore must be between 0 and 1.")]
    public double MinimumScore { get; set; } = 0.5;

    /// <summary>Host names of Jarvis, separated by commas. Tokens from other hosts are rejected.</summary>
    public string? HostName { get; set; }

    public bool IsConfigured => SiteKey is not null && SecretKey is not null;

    public IReadOnlyList<string> HostNames => HostName?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // An administrator who set one key expects the captcha to work.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => (SiteKey is null) == (SecretKey is null)
        ? []
        : [new ValidationResult("Captcha needs SiteKey and SecretKey. Set both, or remove both.")];
}
