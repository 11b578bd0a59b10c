using System.Diagnostics;

namespace Jarvis.Benchmarks;

/// <summary>Nearest memories of one user: exhaustive comparison against an HNSW index over all users.</summary>
internal static class VectorBench
{
    private const int Seed = 512;
    private const int Nearest = 20;
    private const int LargeUserMemories = 10_000;
    private const int SmallUserMemories = 190;
    private const int Inserts = 200;
    private const string Indexed = "halfvec(512)";

    public static async Task RunAsync(Scale scale)
    {
        var started = Stopwatch.GetTimestamp();
        var quick = scale == Scale.Quick;
        var queries = quick ? 50 : 200;
        var embeddings = new Embeddings(Seed);
        var people = Enumerable.Range(0, quick ? 100 : 1_001).Select(_ => Guid.NewGuid()).ToArray();
        var interests = people.ToDictionary(person => person, person => embeddings.Interests(person == people[0] ? 60 : 12));

        await using var memories = await MemoriesInPostgres.CreateAsync();
        Console.WriteLine($"The {Nearest} nearest memories of one user. {MachineInfo.Describe()}");
        Console.WriteLine(
            $"PostgreSQL {await memories.AskAsync("SHOW server_version")}, pgvector {await memories.AskAsync("SELECT extversion FROM pg_extension WHERE extname = 'vector'")}, "
            + $"shared_buffers {await memories.AskAsync("SHOW shared_buffers")}, work_mem {await memories.AskAsync("SHOW work_mem")}, fsync {await memories.AskAsync("SHOW fsync")}");

        // Interleaves the users: the memories of one user are scattered over the table.
        Guid[] owners = [.. Enumerable.Repeat(people[0], LargeUserMemories), .. people[1..].SelectMany(person => Enumerable.Repeat(person, SmallUserMemories))];
        embeddings.Shuffle(owners);
        await memories.AddPeopleAsync(people);
        await memories.ExecuteAsync("ALTER TABLE memory_items DROP COLUMN embedding_code", "ALTER TABLE memory_items ALTER COLUMN embedding TYPE vector");
        var fill = Stopwatch.GetTimestamp();
        await memories.FillAsync(owners.Select(person => (person, embeddings.About(interests[person]))));
        Console.WriteLine(
            $"{owners.Length:N0} memories of {people.Length:N0} users, {Embeddings.Dimensions} dimensions; filled in {Stopwatch.GetElapsedTime(fill).TotalSeconds:F0} s");

        var groups = new QuestionGroup[] { new($"one, {LargeUserMemories:N0} each", [.. Questions(people[0..1])]), new($"others, {SmallUserMemories} each", [.. Questions(people[1..])]) };
        await memories.SetStorageAsync("vector", "EXTERNAL");
        await ExactAsync("Exact, vector, out of the row");
        await memories.SetStorageAsync("vector", "MAIN");
        await ExactAsync("Exact, vector, in the row");
        await memories.SetStorageAsync("halfvec", "MAIN");
        await ExactAsync("Exact, halfvec, in the row");
        await InsertAsync("without a vector index");

        var built = await memories.ExecuteAsync(
            "SET maintenance_work_mem = '1GB'",
            $"CREATE INDEX ix_hnsw ON memory_items USING hnsw ((embedding::{Indexed}) halfvec_cosine_ops)");
        Console.WriteLine($"HNSW over all users: built in {built:F0} s with maintenance_work_mem 1 GB, {await SizeAsync("pg_relation_size('ix_hnsw')")}");
        await InsertAsync("with HNSW");
        foreach (var group in groups)
        {
            var plan = await memories.PlanAsync(group.Questions[0].Person, group.Questions[0].Vector, Indexed, Nearest);
            Console.WriteLine($"{"Chosen plan",-42}{group.Name,-18}{(plan.Contains("ix_hnsw", StringComparison.Ordinal) ? "HNSW" : "the user's rows")}");
        }

        await memories.ExecuteAsync("SET enable_sort = off");
        foreach (var (name, settings) in new (string, string[])[]
        {
            ("HNSW", ["SET hnsw.iterative_scan = off"]),
            ("HNSW, strict_order", ["SET hnsw.iterative_scan = strict_order"]),
            ("HNSW, strict_order, to the end", ["SET hnsw.max_scan_tuples = 1000000", "SET hnsw.scan_mem_multiplier = 100"]),
        })
        {
            await memories.ExecuteAsync(settings);
            await MeasureAsync(name, indexed: true);
        }

        Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s in total.");

        IEnumerable<Question> Questions(Guid[] candidates) => Enumerable.Range(0, queries)
            .Select(i => candidates[i % candidates.Length])
            .Select(person => new Question(person, embeddings.About(interests[person])));

        Task<string> SizeAsync(string relation) => memories.AskAsync($"SELECT pg_size_pretty({relation})");

        async Task ExactAsync(string name)
        {
            await MeasureAsync(name, indexed: false);
            var list = new List<double>();
            for (var i = 0; i < queries; i++)
            {
                list.Add(await memories.ReadAllAsync(people[0]));
            }

            var plan = await memories.PlanAsync(people[0], groups[0].Questions[0].Vector, indexedAs: null, Nearest);
            Console.WriteLine(
                $"{"",-42}{await SizeAsync("pg_table_size('memory_items')")}, {(plan.Contains("Gather", StringComparison.Ordinal) ? "several processes" : "one process")} per query; the {LargeUserMemories:N0} read without their vectors: p50 {list.Percentile(50):F1} ms, p95 {list.Percentile(95):F1} ms");
        }

        async Task InsertAsync(string storage)
        {
            var inserts = new List<double>();
            for (var i = 0; i < Inserts; i++)
            {
                inserts.Add(await memories.AddOneAsync(people[1], embeddings.About(interests[people[1]])));
            }

            Console.WriteLine($"{"Insert of one memory, " + storage,-60}p50 {inserts.Percentile(50):F1} ms, p95 {inserts.Percentile(95):F1} ms");
            await memories.ExecuteAsync("DELETE FROM memory_items WHERE content = 'Something that was said once.'");
        }

        async Task MeasureAsync(string name, bool indexed)
        {
            foreach (var group in groups)
            {
                var latencies = new List<double>();
                var found = new List<double>();
                foreach (var question in group.Questions)
                {
                    var (milliseconds, ids) = await memories.NearestAsync(question.Person, question.Vector, indexed ? Indexed : null, Nearest);
                    question.Truth ??= ids;
                    latencies.Add(milliseconds);
                    found.Add((double)ids.Count(question.Truth.Contains) / question.Truth.Count);
                }

                Console.WriteLine($"{name,-42}{group.Name,-18}p50 {latencies.Percentile(50),7:F1} ms, p95 {latencies.Percentile(95),7:F1} ms, recall@{Nearest} {found.Average():F3}");
            }
        }
    }

    private sealed record QuestionGroup(string Name, Question[] Questions);

    private sealed record Question(Guid Person, float[] Vector)
    {
        /// <summary>Result of the exhaustive comparison.</summary>
        public HashSet<Guid>? Truth { get; set; }
    }
}
