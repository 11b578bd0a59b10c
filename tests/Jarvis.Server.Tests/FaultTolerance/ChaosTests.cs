using System.Net;
using Jarvis.TestSupport.Services;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>
/// 200 conversations with 1,000 turns while all components fail in turn. The same script in a run without faults defines the expected
/// memories.
/// </summary>
public sealed class ChaosTests(RealServices services)
{
    /// <summary>Shorter than the defaults, so that recovery takes seconds and not minutes.</summary>
    private static readonly (string, string)[] Settings =
    [
        ("Memory:Lease", "00:00:05"),
        ("Memory:SweepInterval", "00:00:05"),
        ("Memory:RetryDelay", "00:00:01"),
        ("Memory:LlmTimeout", "00:00:02"),
        ("Memory:LlmConcurrency", "2"),
    ];

    // In total shorter than five attempts take, so that no job of the script is dead-lettered.
    private static readonly TimeSpan ModelFault = TimeSpan.FromSeconds(4);

    /// <summary>About a second an answer, so that each fault hits some answers in the middle.</summary>
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Every_turn_is_remembered_once_despite_failures()
    {
        var quiet = await QuietAsync();
        await using var run = await ChaosRun.StartAsync(services, Settings);
        var saying = run.SendAllAsync();
        await BreakAsync(run);
        await saying;
        await Eventually.IsTrueAsync(
            async () => await run.ForgottenTurnsAsync() == 1 && await run.DeadLettersAsync() == 1,
            "everything is remembered but what the model cannot read, which is given up",
            TimeSpan.FromMinutes(2));
        run.Server.Model.ClearFaults();
        await run.ReadAgainAsync();
        await Eventually.IsTrueAsync(async () => await run.ForgottenTurnsAsync() == 0, "the retried dead letter is remembered");

        run.Refusals.Should().OnlyContain(refusal => refusal.Status == HttpStatusCode.ServiceUnavailable);
        (await run.UnansweredAsync()).Should().BeEmpty();
        (await run.MiscountedAsync()).Should().Be(0);
        (await run.MemoriesAsync()).Should().BeEquivalentTo(quiet, options => options.WithStrictOrdering());
        (await run.DeadLettersAsync()).Should().Be(0);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> QuietAsync()
    {
        await using var run = await ChaosRun.StartAsync(services, Settings);

        await run.SendAllAsync();
        await run.SendUnreadableAsync();
        await Eventually.IsTrueAsync(async () => await run.ForgottenTurnsAsync() == 0, "everything is remembered", TimeSpan.FromMinutes(1));

        (await run.UnansweredAsync()).Should().BeEmpty();
        (await run.MiscountedAsync()).Should().Be(0);
        var memories = await run.MemoriesAsync();
        memories.Skip(1).Should().OnlyContain(person => person.Count == ChaosScript.FactsEach);
        memories.Should().OnlyContain(person => person.Distinct().Count() == person.Count);

        return memories;
    }

    // Triggered by turn counts and not by time, so that a slower machine is hit at the same points.
    private static async Task BreakAsync(ChaosRun run)
    {
        var (model, redis, postgres) = (run.Server.Model, run.Server.Redis, run.Server.Postgres);
        await run.AnsweredAsync(ChaosScript.Turns * 5 / 100);
        await run.KillWorkerAsync(0);
        await run.AnsweredAsync(ChaosScript.Turns * 12 / 100);
        await run.KillWorkerAsync(1);
        await run.AnsweredAsync(ChaosScript.Turns * 20 / 100);
        await ForAWhileAsync(model, OpenAiFault.Garbage);
        await run.AnsweredAsync(ChaosScript.Turns * 45 / 100);
        await run.KillWorkerAsync(0);
        await redis.RestartAsync(empty: true);
        await run.SendUnreadableAsync();
        await run.AnsweredAsync(ChaosScript.Turns * 55 / 100);
        await run.KillWorkerAsync(1);
        await run.AnsweredAsync(ChaosScript.Turns * 65 / 100);
        await postgres.RestartAsync();
        await run.AnsweredAsync(ChaosScript.Turns * 75 / 100);
        await ForAWhileAsync(model, OpenAiFault.Silence);
        await run.AnsweredAsync(ChaosScript.Turns * 95 / 100);
        await run.KillWorkerAsync(0);
    }

    private static async Task ForAWhileAsync(OpenAiStandIn model, OpenAiFault fault)
    {
        model.AddFault(fault, request => request.IsExtraction);
        await Task.Delay(ModelFault);
        Behave(model);
    }

    // A slow model that never understands one message.
    private static void Behave(OpenAiStandIn model)
    {
        model.ClearFaults();
        model.AddFault(OpenAiFault.SlowTokens(Word), request => !request.IsExtraction);
        model.AddFault(OpenAiFault.SlowFirstToken(Reading), request => request.IsExtraction);
        model.AddFault(OpenAiFault.Garbage, request => request.IsExtraction && request.Messages.Any(message => message.Text.Contains(ChaosScript.Unreadable, StringComparison.Ordinal)));
    }
}
