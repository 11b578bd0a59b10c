using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>A vector as SQLite keeps it: in half precision, which finds the same neighbours in half the space, and its signs as bits.</summary>
internal static class StoredVector
{
    private const int BitsOfByte = 8;

    public static byte[] Encode(ReadOnlySpan<float> values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);

        return MemoryMarshal.AsBytes<Half>(halves).ToArray();
    }

    public static byte[] ComputeCode(ReadOnlySpan<float> values)
    {
        var code = new byte[(values.Length + BitsOfByte - 1) / BitsOfByte];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] > 0)
            {
                code[i / BitsOfByte] |= (byte)(1 << (i % BitsOfByte));
            }
        }

        return code;
    }

    /// <summary>What a search takes: the numbers as they are, and behind them the signs.</summary>
    public static byte[] WithCode(ReadOnlySpan<float> values) => [.. MemoryMarshal.AsBytes(values), .. ComputeCode(values)];

    /// <summary>In how many signs they differ. Never throws, because SQLite calls it: what cannot be compared is far.</summary>
    /// <param name="query">As <see cref="WithCode"/> has it.</param>
    public static int Hamming(ReadOnlySpan<byte> code, ReadOnlySpan<byte> query)
    {
        if (code.Length > query.Length)
        {
            return int.MaxValue;
        }

        query = query[^code.Length..];
        var distance = 0;
        while (code.Length >= sizeof(ulong))
        {
            distance += BitOperations.PopCount(MemoryMarshal.Read<ulong>(code) ^ MemoryMarshal.Read<ulong>(query));
            code = code[sizeof(ulong)..];
            query = query[sizeof(ulong)..];
        }

        for (var i = 0; i < code.Length; i++)
        {
            distance += BitOperations.PopCount((uint)(code[i] ^ query[i]));
        }

        return distance;
    }

    /// <summary>Never throws, as <see cref="Hamming"/>.</summary>
    /// <param name="query">As <see cref="WithCode"/> has it.</param>
    public static double Cosine(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> query)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(stored);
        if (halves.Length is 0 or > EmbeddingOptions.MaxDimensions || halves.Length * sizeof(float) > query.Length)
        {
            return -1;
        }

        Span<float> values = stackalloc float[EmbeddingOptions.MaxDimensions];
        values = values[..halves.Length];
        TensorPrimitives.ConvertToSingle(halves, values);

        return TensorPrimitives.CosineSimilarity(values, MemoryMarshal.Cast<byte, float>(query)[..values.Length]);
    }
}
