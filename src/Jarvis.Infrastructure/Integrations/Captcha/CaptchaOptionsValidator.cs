using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Rejects incomplete settings at startup: an administrator who set one key expects the captcha to work.</summary>
internal sealed class CaptchaOptionsValidator : IValidateOptions<CaptchaOptions>
{
    public ValidateOptionsResult Validate(string? name, CaptchaOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(CaptchaOptions options) => options switch
    {
        { IsPartial: true, IsConfigured: false } => "Captcha needs SiteKey and SecretKey. Set both, or remove both.",
        { BaseUrl: var url } when !HttpUrl.IsValid(url) =>
            $"Captcha:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {CaptchaOptions.PublicBaseUrl}.",
        { WidgetBaseUrl: { } url } when !HttpUrl.IsValid(url) =>
            $"Captcha:WidgetBaseUrl is “{options.WidgetBaseUrl}”. Set it to an address such as {CaptchaOptions.PublicBaseUrl}.",
        _ => null,
    };
}
