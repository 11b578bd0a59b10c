using System.Numerics.Tensors;
using System.Text.Json;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Parses and validates the response of a server. A vector at the wrong index would permanently belong to the wrong text.</summary>
internal static class EmbeddingResponseParser
{
    public static EmbeddingResult Parse(ReadOnlyMemory<byte> body, int count, string model, int? dimensions)
    {
        try
        {
            using var document = JsonDocument.Parse(body);

            return Read(document.RootElement.GetProperty("data"), count, model, dimensions);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Invalid("the response isn't a list of embeddings");
        }
    }

    private static EmbeddingResult Read(JsonElement data, int count, string model, int? dimensions)
    {
        if (data.GetArrayLength() != count)
        {
            return Invalid($"received {data.GetArrayLength()} embeddings for {count} texts");
        }

        var vectors = new QueryVector?[count];
        var position = 0;
        foreach (var entry in data.EnumerateArray())
        {
            // The entries can have any order. Without an index, they have the order of the texts.
            var index = entry.TryGetProperty("index", out var number) ? number.GetInt32() : position;
            var values = entry.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            dimensions ??= values.Length;
            if (index < 0 || index >= count || vectors[index] is not null)
            {
                return Invalid("two embeddings have the same index");
            }

            if (values.Length != dimensions || values.Length is < 1 or > StoredVector.MaxDimensions)
            {
                return Invalid($"an embedding has {values.Length} dimensions, not {dimensions}");
            }

            var length = TensorPrimitives.Norm<float>(values);
            if (!float.IsFinite(length) || length < float.Epsilon * 1e10f)
            {
                return Invalid("an embedding is the zero vector");
            }

            TensorPrimitives.Divide(values, length, values);
            vectors[index] = new QueryVector(EmbeddingModel.CreateKey(model, values.Length), values);
            position++;
        }

        return EmbeddingResult.Success(vectors!);
    }

    private static EmbeddingResult Invalid(string reason) => EmbeddingResult.Failed(EmbeddingFault.InvalidResponse, reason, ServiceFaultMapper.InvalidResponse);
}
