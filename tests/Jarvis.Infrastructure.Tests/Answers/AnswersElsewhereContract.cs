using System.Diagnostics;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Answers;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Tests.Answers;

/// <summary>What <see cref="IAnswersElsewhere"/> promises, on whichever server speaks Redis.</summary>
public abstract class AnswersElsewhereContract(RedisUnderTest server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_answer_that_another_process_writes_is_stopped_and_no_other()
    {
        await using var writing = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var (stopped, other) = (writing.Answer(), writing.Answer());

        await UntilStoppedAsync(() => asked.Elsewhere.Stop(stopped.TurnId), stopped);

        other.Stopping.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task All_answers_of_a_conversation_are_stopped_in_every_process()
    {
        await using var one = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var two = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var conversation = ProcessThatAnswers.AnyConversation();
        RunningAnswer[] deleted = [one.Answer(conversation), one.Answer(conversation), two.Answer(conversation)];
        var kept = two.Answer();

        await UntilStoppedAsync(() => asked.Elsewhere.StopAll(conversation.Id), deleted);

        kept.Stopping.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task While_Redis_is_away_nothing_waits_and_nothing_fails_and_it_is_said_once()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        var log = new ListLogger<RedisAnswersElsewhere>();
        await using var process = await ProcessThatAnswers.StartAsync(connectionString, log);
        line.Cut();
        var started = Stopwatch.GetTimestamp();

        process.Elsewhere.Stop(TurnId.New(TimeProvider.System.GetUtcNow()));
        process.Elsewhere.StopAll(ProcessThatAnswers.AnyConversation().Id);

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(2));
        await Eventually.IsTrueAsync(() => Task.FromResult(!log.Entries.IsEmpty), "it is said");
        log.Entries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle()
            .Which.Text.Should().Contain("only in the process that writes them");
    }

    [Fact]
    public async Task A_process_that_listens_no_more_is_reached_all_the_same()
    {
        await using var writing = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await writing.ForgetToListenAsync();
        var conversation = ProcessThatAnswers.AnyConversation();
        var (stopped, deleted, kept) = (writing.Answer(), writing.Answer(conversation), writing.Answer());

        asked.Elsewhere.Stop(stopped.TurnId);
        asked.Elsewhere.StopAll(conversation.Id);

        await Eventually.IsTrueAsync(() => Task.FromResult(stopped.Stopping.IsCancellationRequested && deleted.Stopping.IsCancellationRequested), "both are stopped");
        kept.Stopping.IsCancellationRequested.Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_stopped_and_is_tried_again_is_not_stopped_again(bool listens)
    {
        await using var writing = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var before = writing.Answer();
        await UntilStoppedAsync(() => asked.Elsewhere.Stop(before.TurnId), before);
        if (!listens)
        {
            await writing.ForgetToListenAsync();
        }

        var turn = ProcessThatAnswers.AnyConversation().Ask("Hello", TimeProvider.System.GetUtcNow());
        var first = writing.Answer(turn);
        asked.Elsewhere.Stop(turn.Id);
        await first.Completion.WaitAsync(Patience);
        await Eventually.IsTrueAsync(async () => !await writing.IsToldToStopAsync(turn.Id), "the stop is done with");

        turn.Retry();
        var again = writing.Answer(turn);

        await Eventually.IsTrueAsync(async () => (await asked.Running.FindAsync([turn.Id], CancellationToken.None))!.Count == 1, "it was looked at");
        again.Stopping.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task A_process_that_started_without_Redis_is_reached_once_it_is_there()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        line.Cut();
        await using var writing = await ProcessThatAnswers.StartAsync(connectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var answer = writing.Answer();
        line.Mend();

        await UntilStoppedAsync(() => asked.Elsewhere.Stop(answer.TurnId), answer);
    }

    [Fact]
    public async Task A_process_is_reached_again_after_an_outage()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        await using var writing = await ProcessThatAnswers.StartAsync(connectionString);
        await using var asked = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var (before, answer) = (writing.Answer(), writing.Answer());
        await UntilStoppedAsync(() => asked.Elsewhere.Stop(before.TurnId), before);
        line.Cut();
        line.Mend();

        await UntilStoppedAsync(() => asked.Elsewhere.Stop(answer.TurnId), answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("turn")]
    [InlineData("turn:none")]
    [InlineData("conversation:1:2")]
    [InlineData("everything:3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    public async Task What_others_say_on_the_channel_harms_nothing(string message)
    {
        await using var writing = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var redis = await server.ConnectAsync();
        var (kept, stopped) = (writing.Answer(), writing.Answer());

        await redis.GetSubscriber().PublishAsync(StackExchange.Redis.RedisChannel.Literal("jarvis:answers:stop"), message);

        await UntilStoppedAsync(() => writing.Elsewhere.Stop(stopped.TurnId), stopped);
        kept.Stopping.IsCancellationRequested.Should().BeFalse();
    }

    // Told again and again: when a process begins to listen is the driver's affair.
    private static async Task UntilStoppedAsync(Action tell, params RunningAnswer[] answers)
    {
        await Eventually.IsTrueAsync(
            () =>
            {
                tell();

                return Task.FromResult(answers.All(answer => answer.Stopping.IsCancellationRequested));
            },
            "all are stopped");
        await Task.WhenAll(answers.Select(answer => answer.Completion)).WaitAsync(Patience);
    }
}

public sealed class GarnetAnswersElsewhereTests(GarnetUnderTest server) : AnswersElsewhereContract(server), IClassFixture<GarnetUnderTest>;

public sealed class RedisAnswersElsewhereTests(RealRedisUnderTest server) : AnswersElsewhereContract(server), IClassFixture<RealRedisUnderTest>;
