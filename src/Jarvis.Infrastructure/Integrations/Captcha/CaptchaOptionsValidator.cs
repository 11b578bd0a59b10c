using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Stops the start with what to set, where half of the settings are there: a check that is not made must not look like one.</summary>
internal sealed class CaptchaOptionsValidator : IValidateOptions<CaptchaOptions>
{
    public ValidateOptionsResult Validate(string? name, CaptchaOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(CaptchaOptions options) => options switch
    {
        { IsPartial: true, IsConfigured: false } => "Captcha needs SiteKey and SecretKey. Set both, or remove both.",
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"Captcha:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {CaptchaOptions.PublicBaseUrl}.",
        { WidgetBaseUrl: not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"Captcha:WidgetBaseUrl is “{options.WidgetBaseUrl}”. Set it to an address such as {CaptchaOptions.PublicBaseUrl}.",
        _ => null,
    };
}
