using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Jarvis.Testing.StandIns;

/// <summary>
/// Vectors that are the same for the same text in every run, of length 1, and near each other where texts share words.
/// </summary>
internal static class OpenAiEmbeddings
{
    private const int DefaultDimensions = 384;

    public static Task WriteAsync(OpenAiExchange exchange, CancellationToken cancellationToken)
    {
        var request = exchange.Request;
        var dimensions = request.Member("dimensions") is { ValueKind: JsonValueKind.Number } wanted ? wanted.GetInt32() : DefaultDimensions;
        var base64 = request.Text("encoding_format") == "base64";
        var inputs = request.Member("input") switch
        {
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Select(one => one.ToString()).ToArray(),
            var one => [one.ToString()],
        };

        return exchange.Response.WriteAsJsonAsync(
            new
            {
                @object = "list",
                model = request.Model,
                data = inputs.Select((text, index) => new { @object = "embedding", index, embedding = Encode(VectorOf(text, dimensions), base64) }),
                usage = new { prompt_tokens = inputs.Length, total_tokens = inputs.Length },
            },
            cancellationToken);
    }

    private static object Encode(float[] vector, bool base64) =>
        base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : vector;

    private static float[] VectorOf(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '.', ',', '?', '!', ';', ':', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(word));
            var place = (int)(BinaryPrimitives.ReadUInt32LittleEndian(hash) % (uint)dimensions);
            vector[place] += hash[4] % 2 == 0 ? 1 : -1;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            vector[0] = length = 1;
        }

        return [.. vector.Select(value => value / length)];
    }
}
