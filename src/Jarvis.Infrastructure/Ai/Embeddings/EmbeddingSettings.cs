using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Reads the settings manually, because an empty value from a compose file must count as absent.</summary>
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

    // Text that is not a number becomes 0, which the validator rejects.
    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
