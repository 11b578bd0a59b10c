using System.Data.Common;
using System.Diagnostics;
using System.Numerics.Tensors;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Benchmarks;

/// <summary>The product's own search for what is nearest, on both engines: one person with very much among others.</summary>
internal static class NearestBench
{
    private const int Seed = 11;
    private const int Count = 60;
    private const string Model = "bench/512";

    public static async Task RunAsync(Scale scale)
    {
        var quick = scale == Scale.Quick;
        var (items, turns, others) = quick ? (1_000, 2_000, 20) : (10_000, 20_000, 400);
        Console.WriteLine($"The {Count} nearest of one person. {MachineInfo.Describe()}");
        await RunOnAsync("SQLite", await TestDatabase.SqliteAsync(), VectorRows.Sqlite, items, turns, others, queries: quick ? 50 : 200);
        await RunOnAsync("PostgreSQL", await TestDatabase.PostgresAsync(), VectorRows.Postgres, items, turns, others, queries: quick ? 50 : 200);
    }

    private static async Task RunOnAsync(string name, TestDatabase database, VectorRows rows, int items, int turns, int others, int queries)
    {
        await using var _ = database;
        var collection = new ServiceCollection();
        database.AddTo(collection);
        await using var services = collection.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        var embeddings = new Embeddings(Seed);
        var people = new List<UserId>();
        for (var i = 0; i <= others; i++)
        {
            people.Add(await TestDatabase.AddPersonAsync(services, TimeProvider.System.GetUtcNow()));
        }

        var interests = people.ToDictionary(person => person, person => embeddings.Interests(person == people[0] ? 60 : 12));
        var vectors = new Dictionary<Guid, float[]>();
        await db.Database.OpenConnectionAsync();
        var filling = Stopwatch.GetTimestamp();
        await FillAsync(db.Database.GetDbConnection(), isTurn: false, items);
        await FillAsync(db.Database.GetDbConnection(), isTurn: true, turns);
        Console.WriteLine(
            $"{name}: {items:N0} memories and {turns:N0} turns of one person, {50 * others:N0} and {100 * others:N0} of {others} others, "
            + $"{Embeddings.Dimensions} dimensions; filled in {Stopwatch.GetElapsedTime(filling).TotalSeconds:F0} s");

        var nearest = scope.ServiceProvider.GetRequiredService<INearestMemories>();
        if (rows.IsTidied is not null)
        {
            await MeasureAsync("before it has tidied up", people[0..1], withTruth: false);
        }

        await rows.VacuumAsync(db.Database.GetDbConnection());

        await MeasureAsync($"one with {items + turns:N0}", people[0..1], withTruth: true);
        await MeasureAsync("those with 150", people[1..], withTruth: false);

        async Task FillAsync(DbConnection connection, bool isTurn, int ofTheFirst)
        {
            // Everybody talks at once: the rows of one person lie scattered over the table.
            UserId[] owners = [.. Enumerable.Repeat(people[0], ofTheFirst), .. people[1..].SelectMany(person => Enumerable.Repeat(person, isTurn ? 100 : 50))];
            embeddings.Shuffle(owners);
            await rows.FillAsync(connection, isTurn, owners.Select(owner =>
            {
                var (id, vector) = (Guid.CreateVersion7(), Unit(embeddings.About(interests[owner])));
                if (owner == people[0])
                {
                    vectors[id] = vector;
                }

                return (id, owner, vector);
            }));
        }

        async Task MeasureAsync(string what, List<UserId> among, bool withTruth)
        {
            var took = new List<double>();
            var found = new List<double>();
            for (var i = 0; i < queries; i++)
            {
                var person = among[i % among.Count];
                var query = new QueryVector(Model, Unit(embeddings.About(interests[person])));
                var began = Stopwatch.GetTimestamp();
                var near = await nearest.FindAsync(person, query, Count, CancellationToken.None);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (withTruth)
                {
                    var truth = vectors.OrderByDescending(row => TensorPrimitives.Dot<float>(row.Value, query.Values)).Take(20).Select(row => row.Key).ToHashSet();
                    found.Add(near.Take(20).Count(one => truth.Contains(one.Turn?.Value ?? one.Item!.Value.Value)) / 20.0);
                }
            }

            Console.WriteLine(
                $"  {what,-34}p5 {took.Percentile(5),6:F1} ms, p50 {took.Percentile(50),6:F1} ms, p95 {took.Percentile(95),6:F1} ms{(withTruth ? $", recall@20 {found.Average():F3}" : "")}");
        }
    }

    private static float[] Unit(float[] vector)
    {
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);

        return vector;
    }
}
