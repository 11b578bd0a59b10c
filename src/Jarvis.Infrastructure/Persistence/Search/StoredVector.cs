using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Pgvector;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Encodes vectors. Half precision finds the same neighbours in half the space. SQLite stores bytes, with signs as bits.</summary>
internal static class StoredVector
{
    public const int MaxDimensions = 4_096;
    private const int BitsOfByte = 8;

    public static HalfVector ToHalf(ReadOnlySpan<float> values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);

        return new HalfVector(halves);
    }

    public static byte[] Encode(ReadOnlySpan<float> values) => Encode(ToHalf(values));

    public static byte[] Encode(HalfVector vector) => MemoryMarshal.AsBytes(vector.Memory.Span).ToArray();

    public static HalfVector Decode(byte[] stored) => new(MemoryMarshal.Cast<byte, Half>(stored).ToArray());

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

    /// <summary>Encodes the parameter of a search: the values in full precision, followed by the signs.</summary>
    public static byte[] WithCode(ReadOnlySpan<float> values) => [.. MemoryMarshal.AsBytes(values), .. ComputeCode(values)];

    /// <summary>Returns the number of different signs. Never throws, because SQLite calls it. Incomparable vectors get the maximum distance.</summary>
    /// <param name="query">Encoded by <see cref="WithCode"/>.</param>
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

    /// <summary>Returns the cosine similarity, or -1 for incomparable vectors. Never throws.</summary>
    /// <param name="query">Encoded by <see cref="WithCode"/>.</param>
    public static double Cosine(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> query)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(stored);
        if (halves.Length is 0 or > MaxDimensions || halves.Length * sizeof(float) > query.Length)
        {
            return -1;
        }

        Span<float> values = stackalloc float[MaxDimensions];
        values = values[..halves.Length];
        TensorPrimitives.ConvertToSingle(halves, values);

        return TensorPrimitives.CosineSimilarity(values, MemoryMarshal.Cast<byte, float>(query)[..values.Length]);
    }
}
