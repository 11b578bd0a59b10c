using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Stops the start with what to set, where half of the settings are there. Never repeats the token.</summary>
internal sealed class AzureBoardsOptionsValidator : IValidateOptions<AzureBoardsOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureBoardsOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(AzureBoardsOptions options) => options switch
    {
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"AzureBoards:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {AzureBoardsOptions.PublicBaseUrl}.",
        { IsPartial: true, IsConfigured: false } =>
            "AzureBoards needs Organization, Project and PersonalAccessToken. Set all three, or remove all three.",
        _ => null,
    };
}
