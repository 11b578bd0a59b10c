namespace Jarvis.Benchmarks;

/// <summary>Collects and prints figures.</summary>
internal static class Report
{
    public static async Task<List<T>> RepeatAsync<T>(int times, Func<Task<T>> measure)
    {
        var results = new List<T>();
        for (var i = 0; i < times; i++)
        {
            results.Add(await measure());
        }

        return results;
    }

    public static void Row(string name, string value, string details = "") => Console.WriteLine($"{name,-30}{value,10}   {details}");

    public static string Clients(int count) => $"{count} client{(count == 1 ? "" : "s")}";

    public static string FormatRun(IReadOnlyList<AnswerRun> runs) =>
        $"p50 {runs.Select(run => run.Milliseconds.Percentile(50)).Median():F1} ms, p99 {runs.Select(run => run.Milliseconds.Percentile(99)).Median():F1} ms, "
        + $"{runs.Select(run => run.ProcessorMilliseconds).Median():F2} ms of processor time per answer";
}
