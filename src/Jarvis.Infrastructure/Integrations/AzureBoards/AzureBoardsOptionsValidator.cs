using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Rejects incomplete settings at startup. The messages never contain the token.</summary>
internal sealed class AzureBoardsOptionsValidator : IValidateOptions<AzureBoardsOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureBoardsOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(AzureBoardsOptions options) => options switch
    {
        { BaseUrl: var url } when !HttpUrl.IsValid(url) =>
            $"AzureBoards:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {AzureBoardsOptions.PublicBaseUrl}.",
        { IsPartial: true, IsConfigured: false } =>
            "AzureBoards needs Organization, Project and PersonalAccessToken. Set all three, or remove all three.",
        _ => null,
    };
}
