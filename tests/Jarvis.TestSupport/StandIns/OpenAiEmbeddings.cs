using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Creates deterministic vectors of length 1. Vectors are near each other if the texts share words, parts of words or words declared as
/// synonyms.
/// </summary>
internal static class OpenAiEmbeddings
{
    private const float WordWeight = 2;
    private const float PartWeight = 0.5f;
    private const int PartLength = 3;

    public static async Task WriteAsync(OpenAiExchange exchange, CancellationToken cancellationToken)
    {
        var (request, fault, response) = (exchange.Request, exchange.Fault, exchange.Response);
        await Task.Delay(fault.FirstTokenDelay, cancellationToken);
        var dimensions = request.Member("dimensions") is { ValueKind: JsonValueKind.Number } requested ? requested.GetInt32() : exchange.StandIn.Dimensions;
        var base64 = request.Text("encoding_format") == "base64";
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            @object = "list",
            model = request.Model,
            data = request.Inputs.Select((text, index) => new
            {
                @object = "embedding",
                index,
                embedding = Encode(VectorOf(text, dimensions, exchange.StandIn.Synonyms), base64),
            }),
            usage = new { prompt_tokens = request.Inputs.Count, total_tokens = request.Inputs.Count },
        });

        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (fault.Ending != StreamEnding.Proper)
        {
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);

            return;
        }

        await response.Body.WriteAsync(body, cancellationToken);
    }

    private static object Encode(float[] vector, bool base64) =>
        base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : vector;

    private static float[] VectorOf(string text, int dimensions, IReadOnlyList<string[]> synonyms)
    {
        var vector = new float[dimensions];
        var words = text.ToLowerInvariant().Split([' ', '.', ',', '?', '!', ';', ':', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var spelling in words)
        {
            var word = synonyms.FirstOrDefault(same => same.Contains(spelling))?[0] ?? spelling;
            Add(vector, word, WordWeight);
            for (var i = 0; i + PartLength <= word.Length; i++)
            {
                Add(vector, $"#{word[i..(i + PartLength)]}", PartWeight);
            }
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            vector[0] = length = 1;
        }

        return [.. vector.Select(value => value / length)];
    }

    // Uses all dimensions: a real model's vectors have no zeros, so their signs carry information.
    private static void Add(float[] vector, string feature, float weight)
    {
        var seed = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(feature)));
        var random = new Random(seed);
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] += weight * (float)((random.NextDouble() * 2) - 1);
        }
    }
}
