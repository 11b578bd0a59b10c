using System.Buffers.Binary;

namespace Jarvis.Benchmarks;

/// <summary>
/// Vectors with the distribution of an embedding model: a few directions carry most of the variance, and topics form clusters. In uniform
/// noise all distances are equal and nearest neighbours have no meaning. One seed creates one set.
/// </summary>
internal sealed class Embeddings
{
    public const int Dimensions = 512;

    private const int Directions = 16;
    private const int Topics = 500;
    private const double Spread = 0.5;
    private const double Noise = 2;

    private readonly Random random;
    private readonly double[][] directions;
    private readonly double[][] topics;

    public Embeddings(int seed)
    {
        random = new Random(seed);
        directions = [.. Enumerable.Range(0, Directions).Select(_ => Normal(Dimensions))];
        topics = [.. Enumerable.Range(0, Topics).Select(_ => Normal(Directions))];
    }

    /// <summary>Topics of one user.</summary>
    public int[] Interests(int count) => random.GetItems(Enumerable.Range(0, Topics).ToArray(), count);

    public float[] About(int[] interests)
    {
        var topic = topics[interests[random.Next(interests.Length)]];
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = (float)(Noise * (random.NextDouble() - 0.5));
        }

        for (var direction = 0; direction < Directions; direction++)
        {
            var axis = directions[direction];
            var amount = topic[direction] + (Spread * Normal());
            for (var i = 0; i < Dimensions; i++)
            {
                vector[i] += (float)(amount * axis[i]);
            }
        }

        return vector;
    }

    public void Shuffle<T>(T[] items) => random.Shuffle(items);

    /// <summary>Encodes pgvector's binary form: the count, two reserved bytes and the numbers.</summary>
    public static byte[] ToBinary(float[] vector)
    {
        var bytes = new byte[4 + (4 * vector.Length)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)vector.Length);
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4 + (4 * i)), vector[i]);
        }

        return bytes;
    }

    private double[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
