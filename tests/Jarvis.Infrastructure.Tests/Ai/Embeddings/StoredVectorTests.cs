using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class StoredVectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(4_096)]
    public void Hamming_distance_and_cosine_are_correct_for_any_dimension_count(int dimensions)
    {
        var random = new Random(dimensions);
        var one = Vector(random, dimensions);
        var other = Vector(random, dimensions);
        var query = StoredVector.WithCode(other);

        StoredVector.Hamming(StoredVector.ComputeCode(one), query).Should().Be(one.Zip(other).Count(pair => pair.First > 0 != pair.Second > 0));
        StoredVector.Cosine(StoredVector.Encode(one), query).Should().BeApproximately(Cosine(one, other), 0.001);
    }

    [Fact]
    public void Incomparable_vectors_have_maximum_distance()
    {
        var query = StoredVector.WithCode([1, 0]);

        StoredVector.Hamming(new byte[100], query).Should().Be(int.MaxValue);
        StoredVector.Cosine(new byte[100], query).Should().Be(-1);
        StoredVector.Cosine([], query).Should().Be(-1);
        StoredVector.Cosine(new byte[100_000], query).Should().Be(-1);
    }

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];

    private static double Cosine(float[] one, float[] other) =>
        one.Zip(other).Sum(pair => (double)pair.First * pair.Second)
        / Math.Sqrt(one.Sum(value => (double)value * value) * other.Sum(value => (double)value * value));
}
