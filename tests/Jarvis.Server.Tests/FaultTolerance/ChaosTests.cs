using System.Net;

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
    private static readonly TimeSpan TokenDelay = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan ExtractionDelay = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Every_turn_is_remembered_once_despite_failures()
    {
        var expected = await RunWithoutFaultsAsync();
        await using var run = await ChaosRun.StartAsync(services, Settings);
        var conversations = run.SendAllAsync();
        await InjectFaultsAsync(run);
        await conversations;
        await Eventually.IsTrueAsync(
            async () => await run.CountUnreadTurnsAsync() == 1 && await run.CountDeadLettersAsync() == 1,
            "all turns are remembered except the unreadable one, whose job is dead-lettered",
            TimeSpan.FromMinutes(2));
        run.Server.Model.ClearFaults();
        await run.RetryUnreadableAsync();
        await Eventually.IsTrueAsync(async () => await run.CountUnreadTurnsAsync() == 0, "the retried dead letter is remembered");

        run.Refusals.Should().NotContain(refusal => refusal.Status != HttpStatusCode.ServiceUnavailable);
        (await run.FindUnansweredAsync()).Should().BeEmpty();
        (await run.CountWrongSummariesAsync()).Should().Be(0);
        (await run.MemoriesAsync()).Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        (await run.CountDeadLettersAsync()).Should().Be(0);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> RunWithoutFaultsAsync()
    {
        await using var run = await ChaosRun.StartAsync(services, Settings);

        await run.SendAllAsync();
        await run.SendUnreadableAsync();
        await Eventually.IsTrueAsync(async () => await run.CountUnreadTurnsAsync() == 0, "all turns are remembered", TimeSpan.FromMinutes(1));

        (await run.FindUnansweredAsync()).Should().BeEmpty();
        (await run.CountWrongSummariesAsync()).Should().Be(0);
        var memories = await run.MemoriesAsync();
        memories.Skip(1).Should().OnlyContain(facts => facts.Count == ChaosScript.FactsEach);
        memories.Should().OnlyContain(facts => facts.Distinct().Count() == facts.Count);

        return memories;
    }

    // Triggered by turn counts and not by time, so that a slower machine is hit at the same points.
    private static async Task InjectFaultsAsync(ChaosRun run)
    {
        var (model, redis, postgres) = (run.Server.Model, run.Server.Redis, run.Server.Postgres);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 5 / 100);
        await run.KillWorkerAsync(0);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 12 / 100);
        await run.KillWorkerAsync(1);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 20 / 100);
        await InjectModelFaultAsync(model, OpenAiFault.Garbage);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 45 / 100);
        await run.KillWorkerAsync(0);
        await redis.RestartAsync(empty: true);
        await run.SendUnreadableAsync();
        await run.WaitForAnswersAsync(ChaosScript.Turns * 55 / 100);
        await run.KillWorkerAsync(1);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 65 / 100);
        await postgres.RestartAsync();
        await run.WaitForAnswersAsync(ChaosScript.Turns * 75 / 100);
        await InjectModelFaultAsync(model, OpenAiFault.Silence);
        await run.WaitForAnswersAsync(ChaosScript.Turns * 95 / 100);
        await run.KillWorkerAsync(0);
    }

    private static async Task InjectModelFaultAsync(OpenAiStandIn model, OpenAiFault fault)
    {
        model.AddFault(fault, request => request.IsExtraction);
        await Task.Delay(ModelFault);
        ResetModel(model);
    }

    // A slow model that never understands one message.
    private static void ResetModel(OpenAiStandIn model)
    {
        model.ClearFaults();
        model.AddFault(OpenAiFault.SlowTokens(TokenDelay), request => !request.IsExtraction);
        model.AddFault(OpenAiFault.SlowFirstToken(ExtractionDelay), request => request.IsExtraction);
        model.AddFault(OpenAiFault.Garbage, request => request.IsExtraction && request.Messages.Any(message => message.Text.Contains(ChaosScript.Unreadable, StringComparison.Ordinal)));
    }
}
