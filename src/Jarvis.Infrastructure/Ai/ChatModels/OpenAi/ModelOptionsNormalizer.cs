using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Completes the bound settings of the providers. The binder can't read a list from one comma-separated value, and Compose files
/// pass a variable that isn't set as an empty value, which counts as missing.
/// </summary>
internal sealed class ModelOptionsNormalizer(IConfiguration configuration) :
    IPostConfigureOptions<OpenAiOptions>,
    IPostConfigureOptions<AzureOpenAiOptions>,
    IPostConfigureOptions<LocalLlmOptions>
{
    public void PostConfigure(string? name, OpenAiOptions options)
    {
        options.ApiKey = Normalize(options.ApiKey) ?? Normalize(configuration[OpenAiOptions.CommonApiKey]);
        options.BaseUrl = Normalize(options.BaseUrl) ?? OpenAiOptions.PublicBaseUrl;
        options.Models = SplitNames(options.Models, $"{OpenAiOptions.Section}:{nameof(options.Models)}");
    }

    public void PostConfigure(string? name, AzureOpenAiOptions options)
    {
        options.ApiKey = Normalize(options.ApiKey);
        options.Endpoint = Normalize(options.Endpoint);
        options.Deployments = SplitNames(options.Deployments, $"{AzureOpenAiOptions.Section}:{nameof(options.Deployments)}");
    }

    public void PostConfigure(string? name, LocalLlmOptions options)
    {
        options.ApiKey = Normalize(options.ApiKey);
        options.BaseUrl = Normalize(options.BaseUrl) ?? LocalLlmOptions.DefaultBaseUrl;
        options.Model = Normalize(options.Model) ?? LocalLlmOptions.DefaultModel;
    }

    private static string? Normalize(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    // Without the trailing slash, equal addresses compare as equal.
    private static Uri? Normalize(Uri? address) =>
        Normalize(address?.OriginalString) is { } text ? new Uri(text.TrimEnd('/'), UriKind.RelativeOrAbsolute) : null;

    private IReadOnlyList<string> SplitNames(IReadOnlyList<string>? names, string key) =>
    [
        .. (names ?? []).Append(configuration[key])
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(),
    ];
}
