using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Embeddings;

/// <summary>Reads the settings by hand, because what a compose file leaves empty is as good as absent.</summary>
internal static class EmbeddingSettings
{
    public static void Read(IConfiguration configuration, EmbeddingOptions options)
    {
        var section = configuration.GetSection(EmbeddingOptions.Section);
        options.BaseUrl = Text(section["BaseUrl"]) is { } address ? new Uri(address.TrimEnd('/'), UriKind.RelativeOrAbsolute) : null;
        options.Model = Text(section["Model"]);
        options.ApiKey = Text(section["ApiKey"]);
        if (Text(section["Dimensions"]) is { } dimensions)
        {
            options.Dimensions = int.TryParse(dimensions, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            options.UnreadableDimensions = options.Dimensions is null ? dimensions : null;
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
