using System.Diagnostics;
using Jarvis.TestSupport;

namespace Jarvis.Benchmarks;

/// <summary>Clients that each send the next question when they have the answer.</summary>
internal static class AskBench
{
    private const int TurnsPerConversation = 10;
    private const int WarmUpClients = 4;

    private static readonly string[] Prompts =
    [
        "What is the difference between a list and an array?",
        "Write a short poem about the rain in Gdańsk.",
        "How long do I boil an egg?",
        "Jak nazywa się stolica Francji?",
        "Explain to me in two sentences how a vaccine works.",
        "And why is that so?",
        "Translate “good morning” into Polish.",
        "Which of these words is an adverb: quick, quickly, quickness?",
        "Summarise what we talked about.",
        "Thank you!",
    ];

    /// <param name="tokens">Tokens of the users that the clients ask for, in turn.</param>
    public static async Task<AnswerRun> RunAsync(BenchmarkTarget subject, IReadOnlyList<string> tokens, int clients, TimeSpan time)
    {
        using var deadline = new CancellationTokenSource(time);
        var used = subject.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => AskAsync(subject, tokens[client % tokens.Count], deadline.Token))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = latencies.SelectMany(each => each.Milliseconds).ToArray();

        return new AnswerRun(
            all.Length / elapsed.TotalSeconds,
            (subject.ProcessorTime - used).TotalMilliseconds / all.Length,
            latencies.Sum(each => each.Memories) / (double)all.Length,
            all);
    }

    public static Task WarmUpAsync(BenchmarkTarget subject, IReadOnlyList<string> tokens, int answers) => Task.WhenAll(
        Enumerable.Range(0, WarmUpClients).Select(client => Task.Run(() => AskAsync(subject, tokens[client % tokens.Count], CancellationToken.None, answers / WarmUpClients))));

    private static async Task<(List<double> Milliseconds, int Memories)> AskAsync(BenchmarkTarget subject, string token, CancellationToken deadline, int atMost = int.MaxValue)
    {
        using var client = subject.Connect(token);
        var latencies = new List<double>();
        var memories = 0;
        Guid? conversation = null;
        for (var turn = 0; turn < atMost && !deadline.IsCancellationRequested; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await client.AskAsync(Prompts[turn % Prompts.Length], turn % TurnsPerConversation == 0 ? null : conversation);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            conversation = answer.GetProperty("conversationId").GetGuid();
            memories += answer.GetProperty("memories").GetArrayLength();
        }

        return (latencies, memories);
    }
}

/// <param name="ProcessorMilliseconds">Processor time of an answer, including all other work at that time, mostly memory.</param>
/// <param name="Memories">Average number of memories in an answer.</param>
internal sealed record AnswerRun(double PerSecond, double ProcessorMilliseconds, double Memories, double[] Milliseconds);
