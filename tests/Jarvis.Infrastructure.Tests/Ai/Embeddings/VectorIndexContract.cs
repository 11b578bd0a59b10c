using System.Numerics.Tensors;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.Infrastructure.Tests.Ai.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class SqliteVectorIndexTests() : VectorIndexContract(TestDatabase.SqliteAsync);

public sealed class PostgresVectorIndexTests() : VectorIndexContract(TestDatabase.PostgresAsync);

/// <summary>Tests of the nearest vectors that each engine finds.</summary>
public abstract class VectorIndexContract(Func<Task<TestDatabase>> createDatabase) : EmbeddedMemoryTestBase(createDatabase)
{
    [Fact]
    public async Task Items_and_turns_are_ordered_by_cosine_similarity()
    {
        memory.Server.Synonyms = [["parrot", "bird"]];
        var turn = await anna.AddTurnAsync("The bird talks all day long");
        var item = await anna.LearnAsync("My parrot is called Kiki", turn);
        await anna.AddTurnAsync("Taxes are due in April");
        await memory.EmbedAllAsync();

        var found = await memory.NearestAsync(anna.Id, "My parrot is called Kiki");

        found.Should().HaveCount(3).And.BeInDescendingOrder(near => near.Similarity);
        found[0].Should().BeEquivalentTo(new { Turn = (object?)null, Item = (object)item.Id });
        found[0].Similarity.Should().BeApproximately(1, 0.001);
        found[1].Turn.Should().Be(turn.Id);
    }

    [Fact]
    public async Task Vectors_of_another_user_are_never_found()
    {
        var jan = await MemorySearchFixture.CreateAsync(memory.Services);
        await jan.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().BeEmpty();
        (await memory.NearestAsync(UserId.New(TimeProvider.System.GetUtcNow()), "My parrot is called Kiki")).Should().BeEmpty();
        (await memory.NearestAsync(jan.Id, "My parrot is called Kiki")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Index_finds_over_90_percent_of_the_true_nearest_items()
    {
        const int Rows = 2_000, Dimensions = 100, Count = 20;
        var random = new Random(11);
        var topics = Enumerable.Range(0, 40).Select(_ => Vector(random, Dimensions)).ToArray();
        var vectors = Enumerable.Range(0, Rows).Select(i => Unit(Sum(topics[i % topics.Length], Vector(random, Dimensions), 0.7f))).ToArray();
        var items = new Dictionary<object, float[]>();
        var turn = await anna.AddTurnAsync("Everything");
        for (var i = 0; i < Rows; i += 100)
        {
            await anna.SaveAsync(db =>
            {
                foreach (var vector in vectors.Skip(i).Take(100))
                {
                    var item = Items.Learn(turn, $"Item {items.Count}");
                    db.MemoryItems.Add(item);
                    items[item.Id] = vector;
                }
            });
        }

        await StoreAsync("bench/100", items);

        var recalls = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            var query = Unit(Sum(topics[i], Vector(random, Dimensions), 0.7f));
            var truth = items.OrderByDescending(item => TensorPrimitives.Dot<float>(item.Value, query)).Take(Count).Select(item => item.Key).ToHashSet();
            var found = await EmbeddedMemory.NearestAsync(memory.Services, anna.Id, new QueryVector("bench/100", query), Count);
            recalls.Add((double)found.Count(near => truth.Contains(near.Item!)) / Count);
        }

        recalls.Average().Should().BeGreaterThan(0.9);
    }

    [Fact]
    public async Task Vectors_are_entities_that_are_not_loaded_with_their_texts()
    {
        var item = await anna.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();
        await using var scope = memory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();

        var ofItem = await db.MemoryItemEmbeddings.SingleAsync(row => row.Id == item.Id);
        var ofTurn = await db.TurnEmbeddings.SingleAsync(row => row.TurnId == item.SourceTurnId);

        ofItem.Should().BeEquivalentTo(new { item.UserId, EmbeddingModel = $"first/{memory.Server.Dimensions}" });
        ofItem.Embedding!.ToArray().Should().HaveCount(memory.Server.Dimensions).And.Contain(value => value != (Half)0);
        ofTurn.Embedding.ToArray().Should().HaveCount(memory.Server.Dimensions).And.NotEqual(ofItem.Embedding.ToArray());
        db.MemoryItems.ToQueryString().Should().NotContain("embedding");
    }

    private async Task StoreAsync(string model, Dictionary<object, float[]> vectors)
    {
        await using var scope = memory.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IEmbeddingStore>();
        var found = (await store.FindAsync(model, 10_000, withLocalOnly: true, CancellationToken.None)).Where(row => !row.IsTurn).ToList();
        var embedded = found.Select(row => new EmbeddedRow(row, vectors[Domain.Common.MemoryItemId.From(row.Id)])).ToList();
        (await store.StoreAsync(model, embedded, CancellationToken.None)).Should().Be(vectors.Count);
    }

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];

    private static float[] Sum(float[] one, float[] other, float weight) => [.. one.Zip(other, (a, b) => a + (weight * b))];

    private static float[] Unit(float[] vector)
    {
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);

        return vector;
    }
}
