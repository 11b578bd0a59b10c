using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.ChatModels;

/// <summary>
/// Reads the providers' settings. By hand, because a list may be one text parted by commas, and because what a compose file
/// leaves empty is as good as absent.
/// </summary>
internal static class ModelSettings
{
    public static void Read(IConfiguration configuration, OpenAiOptions options)
    {
        var section = configuration.GetSection(OpenAiOptions.Section);
        options.ApiKey = Text(section["ApiKey"]) ?? Text(configuration[OpenAiOptions.CommonApiKey]);
        options.BaseUrl = Address(section["BaseUrl"]) ?? OpenAiOptions.PublicBaseUrl;
        options.Models = Names(section.GetSection("Models"));
    }

    public static void Read(IConfiguration configuration, AzureOpenAiOptions options)
    {
        var section = configuration.GetSection(AzureOpenAiOptions.Section);
        options.Endpoint = Address(section["Endpoint"]);
        options.ApiKey = Text(section["ApiKey"]);
        options.Deployments = Names(section.GetSection("Deployments"));
    }

    public static void Read(IConfiguration configuration, LocalLlmOptions options)
    {
        var section = configuration.GetSection(LocalLlmOptions.Section);
        options.ApiKey = Text(section["ApiKey"]);
        options.BaseUrl = Address(section["BaseUrl"]) ?? options.BaseUrl;
        options.Model = Text(section["Model"]) ?? options.Model;
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    // The trailing slash means nothing here, and would make two addresses of one.
    private static Uri? Address(string? value) => Text(value) is { } text ? new Uri(text.TrimEnd('/'), UriKind.RelativeOrAbsolute) : null;

    private static IReadOnlyList<string> Names(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => child.Value)
            .Append(section.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(),
    ];
}
