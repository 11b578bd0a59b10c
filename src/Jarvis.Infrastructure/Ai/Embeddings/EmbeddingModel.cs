using System.Globalization;

namespace Jarvis.Infrastructure.Ai.Embeddings;

internal static class EmbeddingModel
{
    /// <summary>What rows carry: vectors of another length cannot be compared, whatever the model is called.</summary>
    public static string CreateKey(string model, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"{model}/{dimensions}");
}
