using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Reads the providers' settings. By hand, because a list may be one text parted by commas, and because what a compose file
/// leaves empty is as good as absent.
/// </summary>
internal static class ModelSettings
{
    public static void Read(IConfiguration configuration, OpenAiOptions options)
    {
        var section = configuration.GetSection(OpenAiOptions.Section);
        options.ApiKey = ReadText(section["ApiKey"]) ?? ReadText(configuration[OpenAiOptions.CommonApiKey]);
        options.BaseUrl = ReadUrl(section["BaseUrl"]) ?? OpenAiOptions.PublicBaseUrl;
        options.Models = ReadNames(section.GetSection("Models"));
    }

    public static void Read(IConfiguration configuration, AzureOpenAiOptions options)
    {
        var section = configuration.GetSection(AzureOpenAiOptions.Section);
        options.Endpoint = ReadUrl(section["Endpoint"]);
        options.ApiKey = ReadText(section["ApiKey"]);
        options.Deployments = ReadNames(section.GetSection("Deployments"));
    }

    public static void Read(IConfiguration configuration, LocalLlmOptions options)
    {
        var section = configuration.GetSection(LocalLlmOptions.Section);
        options.ApiKey = ReadText(section["ApiKey"]);
        options.BaseUrl = ReadUrl(section["BaseUrl"]) ?? options.BaseUrl;
        options.Model = ReadText(section["Model"]) ?? options.Model;
    }

    private static string? ReadText(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    // The trailing slash means nothing here, and would make two addresses of one.
    private static Uri? ReadUrl(string? value) => ReadText(value) is { } text ? new Uri(text.TrimEnd('/'), UriKind.RelativeOrAbsolute) : null;

    private static IReadOnlyList<string> ReadNames(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => child.Value)
            .Append(section.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(),
    ];
}
