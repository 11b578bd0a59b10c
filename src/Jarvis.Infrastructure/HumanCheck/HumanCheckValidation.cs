using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.HumanCheck;

/// <summary>Stops the start with what to set, where half of the settings are there: a check that is not made must not look like one.</summary>
internal sealed class HumanCheckValidation : IValidateOptions<HumanCheckOptions>
{
    public ValidateOptionsResult Validate(string? name, HumanCheckOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(HumanCheckOptions options) => options switch
    {
        { IsBegun: true, IsConfigured: false } => "HumanCheck needs SiteKey and SecretKey. Set both, or none.",
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"HumanCheck:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {HumanCheckOptions.PublicBaseUrl}.",
        { WidgetBaseUrl: not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"HumanCheck:WidgetBaseUrl is “{options.WidgetBaseUrl}”. Set it to an address such as {HumanCheckOptions.PublicBaseUrl}.",
        _ => null,
    };
}
