using System.Globalization;

namespace Jarvis.Infrastructure.Ai.Embeddings;

internal static class EmbeddingModel
{
    /// <summary>Returns the key that rows store. It contains the dimensions, because vectors of different lengths are not comparable.</summary>
    public static string CreateKey(string model, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"{model}/{dimensions}");
}
