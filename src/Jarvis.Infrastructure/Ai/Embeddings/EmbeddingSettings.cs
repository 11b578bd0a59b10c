using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Reads the settings by hand, because what a compose file leaves empty is as good as absent.</summary>
internal static class EmbeddingSettings
{
    public static void Read(IConfiguration configuration, EmbeddingOptions options)
    {
        var section = configuration.GetSection(EmbeddingOptions.Section);
        options.BaseUrl = Text(section["BaseUrl"]) is { } address ? new Uri(address.TrimEnd('/'), UriKind.RelativeOrAbsolute) : null;
        options.Model = Text(section["Model"]);
        options.ApiKey = Text(section["ApiKey"]);
        options.Dimensions = Text(section["Dimensions"]) is { } dimensions ? Number(dimensions) : null;
    }

    // What is no number is as wrong as zero, and refused like it.
    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
