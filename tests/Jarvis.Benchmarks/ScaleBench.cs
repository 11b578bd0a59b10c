using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Jarvis.Application;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Database;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Search and extraction for one user with 10,000 memories and 20,000 turns among 1,000 users, on both engines: the search itself without
/// HTTP, in a process on the same machine as the engine.
/// </summary>
internal static class ScaleBench
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(Scale scale)
    {
        var amount = scale == Scale.Full ? new Amount(1_000, 20_000, 10_000, 500) : new Amount(20, 2_000, 1_000, 100);
        Console.WriteLine(MachineInfo.Describe());
        Console.WriteLine($"One user with {amount.Items:N0} memories and {amount.Turns:N0} turns among {amount.People:N0}, the others with {Others.Items} and {Others.Turns}; {amount.Questions} questions");
        await MeasureAsync("SQLite", await TestDatabase.SqliteAsync(), amount);
        await MeasureAsync("PostgreSQL", await TestDatabase.PostgresAsync(), amount);
    }

    // Tiered compilation has recompiled most of the code by then.
    private const int WarmUp = 300;

    private static Amount Others => new(0, 20, 5, 0);

    private static async Task MeasureAsync(string engine, TestDatabase database, Amount amount)
    {
        await using var disposal = database;
        await using var services = Services(database);
        var words = new Words(seed: 1);
        var start = Stopwatch.GetTimestamp();
        for (var person = 1; person < amount.People; person++)
        {
            await FillAsync(services, await TestDatabase.AddUserAsync(services, Start), Others, words);
        }

        var owner = await TestDatabase.AddUserAsync(services, Start);
        await FillAsync(services, owner, amount, words);
        await AnalyzeAsync(services);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));

        var questions = Enumerable.Range(0, amount.Questions).Select(_ => words.Question()).ToList();
        var found = 0;
        for (var i = 0; i < WarmUp; i++)
        {
            await SearchAsync(services, owner, words.Question());
        }

        var times = new List<double>();
        foreach (var question in questions)
        {
            var searchStart = Stopwatch.GetTimestamp();
            found += await SearchAsync(services, owner, question);
            times.Add(Stopwatch.GetElapsedTime(searchStart).TotalMilliseconds);
        }

        var milliseconds = times.ToArray();
        Row($"Search, {engine}", $"{milliseconds.Percentile(50):F1} ms", $"p50; p95 {milliseconds.Percentile(95):F1} ms, p99 {milliseconds.Percentile(99):F1} ms; {(double)found / questions.Count:F0} found of each");
        var jobs = await RepeatAsync(20, () => ExtractAsync(services, owner, words));
        Row($"Extraction, {engine}", $"{jobs.Median():F1} ms", $"p50 of {jobs.Count} jobs of one turn; p95 {jobs.Percentile(95):F1} ms");
    }

    private static ServiceProvider Services(TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        database.AddTo(services);
        services.AddJarvisApplication();
        services.AddSingleton<IDatabaseErrorClassifier, DatabaseErrorClassifier>();
        services.AddSingleton<IMemoryExtractor, HeuristicMemoryExtractor>();
        services.AddSingleton(_ => DispatchProxy.Create<IMemoryJobQueue, JobCaptureProxy>());

        return services.BuildServiceProvider();
    }

    private static async Task<int> SearchAsync(IServiceProvider services, UserId owner, string question)
    {
        await using var scope = services.CreateAsyncScope();
        var query = new MemoryQuery(owner, question, MemoryQuery.DefaultBudget, Conversation: null, Except: []);

        return (await scope.ServiceProvider.GetRequiredService<IMemorySearch>().SearchAsync(query, CancellationToken.None)).Count;
    }

    private static async Task<double> ExtractAsync(IServiceProvider services, UserId owner, Words words)
    {
        var conversation = Conversation.Start(owner, Platform.Web, "Something new", TimeProvider.System.GetUtcNow());
        var turn = conversation.Ask($"My {words.Next()} is called {words.Next()} and I like {words.Next()}.", TimeProvider.System.GetUtcNow());
        turn.Complete("I see.", "test", usedTokens: 1);
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
            db.Conversations.Add(conversation);
            db.Turns.Add(turn);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await using var job = services.CreateAsyncScope();
        var started = Stopwatch.GetTimestamp();
        var extracted = await job.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new ExtractMemory(new LeasedJob(new MemoryJob(owner, conversation.Id), "bench", CancellationToken.None)));

        return extracted.Error is { } error ? throw new InvalidOperationException(error.Message) : Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task FillAsync(IServiceProvider services, UserId owner, Amount amount, Words words)
    {
        const int TurnsOfAConversation = 50;
        var at = Start;
        for (var added = 0; added < amount.Turns; added += TurnsOfAConversation)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
            var conversation = Conversation.Start(owner, Platform.Web, "A conversation", at);
            db.Conversations.Add(conversation);
            for (var i = 0; i < Math.Min(TurnsOfAConversation, amount.Turns - added); i++)
            {
                at += TimeSpan.FromMinutes(15);
                var turn = conversation.Ask(words.Text(20), at);
                turn.Complete(words.Text(60), "test", usedTokens: 1);
                turn.Remember(at);
                db.Turns.Add(turn);
                if ((added + i) * amount.Items / amount.Turns != (added + i + 1) * amount.Items / amount.Turns)
                {
                    var content = words.Text(9);
                    db.MemoryItems.Add(MemoryItem.Learn(turn, MemoryKind.Fact, content, new Salience(0.5f), ContentHash.Compute(content, owner.Value.ToByteArray()), at));
                }
            }

            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    private static async Task AnalyzeAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();

        // Does what autovacuum does on a database in use.
        await db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? "VACUUM ANALYZE" : "PRAGMA optimize");
    }

    private sealed record Amount(int People, int Turns, int Items, int Questions);

    /// <summary>Word frequencies follow Zipf's law: the second word is half as frequent as the first, the hundredth a hundredth.</summary>
    private sealed class Words
    {
        private const int Vocabulary = 12_000;

        private readonly Random random;
        private readonly string[] words;
        private readonly double[] upTo;

        public Words(int seed)
        {
            random = new Random(seed);
            words = [.. Enumerable.Range(0, Vocabulary).Select(_ => Make())];
            var sum = 0.0;
            upTo = [.. Enumerable.Range(1, Vocabulary).Select(rank => sum += 1.0 / (rank + 20))];
        }

        public string Next() => words[Math.Min(Vocabulary - 1, Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]) is var at && at < 0 ? ~at : at)];

        public string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Next() + (i % 10 == 9 ? "." : "")));

        public string Question() => $"What did I say about my {string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Next()))}?";

        private string Make() => string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => $"{"bcdfghklmnprstvwz"[random.Next(17)]}{"aeiou"[random.Next(5)]}{"nrstl"[random.Next(5)]}"));
    }
}
