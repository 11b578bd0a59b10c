using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Jarvis.Benchmarks;

/// <summary>
/// Speed at which memory processes a backlog. The conversations take place while no extractor responds. Then Jarvis starts with the
/// heuristic extractor and an empty queue, as after a loss of Redis.
/// </summary>
internal static class BacklogBench
{
    private const int TurnsPerStatement = 4;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static async Task<(double PerSecond, double ProcessorMilliseconds)> RunAsync(string directory, int conversations)
    {
        await using (var withoutExtractor = await BenchmarkTarget.StartAsync(directory, ("Memory:Extractor", "Llm")))
        {
            var token = await withoutExtractor.RegisterAsync();
            await Parallel.ForAsync(0, conversations, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            {
                using var client = withoutExtractor.Connect(token);
                await client.AskAsync(Prompt(number));
            });
        }

        Directory.Delete(Path.Combine(directory, "redis"), recursive: true);
        var pending = await CountPendingAsync(directory);
        var started = Stopwatch.GetTimestamp();
        await using var jarvis = await BenchmarkTarget.StartAsync(directory, ("Memory:Extractor", "Heuristic"));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (startTime, used) = (started, TimeSpan.Zero);
        while (await timer.WaitForNextTickAsync())
        {
            var remaining = await CountPendingAsync(directory);
            if (remaining == pending)
            {
                (startTime, used) = (Stopwatch.GetTimestamp(), jarvis.ProcessorTime);
            }
            else if (remaining == 0)
            {
                break;
            }

            if (Stopwatch.GetElapsedTime(started) > Timeout)
            {
                throw new TimeoutException($"Memory has not read {remaining} of {pending} turns after {Timeout}.");
            }
        }

        // Measured from the last poll before the first job completed; the start-up is reported separately.
        return (pending / Stopwatch.GetElapsedTime(startTime).TotalSeconds, (jarvis.ProcessorTime - used).TotalMilliseconds / pending);
    }

    // Users ask more than they tell.
    public static string Prompt(int number) => number % (TurnsPerStatement + 1) == 0
        ? $"My colleague Anna {number} lives in Gdańsk, and I like the colour number {number}."
        : $"How do I solve exercise {number} of the book? I do not see where to begin.";

    private static async Task<int> CountPendingAsync(string directory)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "jarvis.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM conversation_history WHERE remembered_at IS NULL AND status = 'completed'";

        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
