using System.Diagnostics;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.ActiveAnswers;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Tests.Redis.ActiveAnswers;

/// <summary>Promises of <see cref="IAnswerCancellationBus"/>, tested on both Redis implementations.</summary>
public abstract class AnswerCancellationBusContract(RedisFixture server)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Answer_in_another_process_is_stopped_and_others_continue()
    {
        await using var generating = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        var (stopped, other) = (generating.Answer(), generating.Answer());

        await UntilStoppedAsync(() => requester.CancellationBus.PublishStop(stopped.TurnId), stopped);

        other.StopToken.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task All_answers_of_a_conversation_are_stopped_in_every_process()
    {
        await using var one = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var two = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        var conversation = AnsweringProcess.AnyConversation();
        AnswerStream[] deleted = [one.Answer(conversation), one.Answer(conversation), two.Answer(conversation)];
        var continued = two.Answer();

        await UntilStoppedAsync(() => requester.CancellationBus.PublishStopAll(conversation.Id), deleted);

        continued.StopToken.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Redis_outage_neither_blocks_nor_fails_a_stop_and_is_logged_once()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var log = new ListLogger<RedisAnswerCancellationBus>();
        await using var process = await AnsweringProcess.StartAsync(connectionString, log);
        proxy.Cut();
        var started = Stopwatch.GetTimestamp();

        process.CancellationBus.PublishStop(TurnId.New(TimeProvider.System.GetUtcNow()));
        process.CancellationBus.PublishStopAll(AnsweringProcess.AnyConversation().Id);

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(2));
        await Eventually.IsTrueAsync(() => Task.FromResult(!log.Entries.IsEmpty), "the stop is published");
        log.Entries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle()
            .Which.Text.Should().Contain("only in the process that generates them");
    }

    [Fact]
    public async Task Process_that_lost_its_subscription_is_still_reached()
    {
        await using var generating = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        await generating.DropSubscriptionAsync();
        var conversation = AnsweringProcess.AnyConversation();
        var (stopped, deleted, continued) = (generating.Answer(), generating.Answer(conversation), generating.Answer());

        requester.CancellationBus.PublishStop(stopped.TurnId);
        requester.CancellationBus.PublishStopAll(conversation.Id);

        await Eventually.IsTrueAsync(() => Task.FromResult(stopped.StopToken.IsCancellationRequested && deleted.StopToken.IsCancellationRequested), "both answers are stopped");
        continued.StopToken.IsCancellationRequested.Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retried_answer_is_not_cancelled_by_an_earlier_stop(bool listens)
    {
        await using var generating = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        var before = generating.Answer();
        await UntilStoppedAsync(() => requester.CancellationBus.PublishStop(before.TurnId), before);
        if (!listens)
        {
            await generating.DropSubscriptionAsync();
        }

        var turn = AnsweringProcess.AnyConversation().Ask("Hello", TimeProvider.System.GetUtcNow());
        var first = generating.Answer(turn);
        requester.CancellationBus.PublishStop(turn.Id);
        await first.Completion.WaitAsync(Timeout);
        await Eventually.IsTrueAsync(async () => !await generating.WaitForStopAsync(turn.Id), "the stop is processed");

        turn.Retry();
        var retried = generating.Answer(turn);

        await Eventually.IsTrueAsync(async () => (await requester.Registry.FindAsync([turn.Id], CancellationToken.None))!.Count == 1, "the subscription was checked");
        retried.StopToken.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Process_started_without_Redis_is_reached_when_Redis_is_available()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        proxy.Cut();
        await using var generating = await AnsweringProcess.StartAsync(connectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        var answer = generating.Answer();
        proxy.Restore();

        await UntilStoppedAsync(() => requester.CancellationBus.PublishStop(answer.TurnId), answer);
    }

    [Fact]
    public async Task Process_is_reached_again_after_an_outage()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        await using var generating = await AnsweringProcess.StartAsync(connectionString);
        await using var requester = await AnsweringProcess.StartAsync(server.ConnectionString);
        var (before, answer) = (generating.Answer(), generating.Answer());
        await UntilStoppedAsync(() => requester.CancellationBus.PublishStop(before.TurnId), before);
        proxy.Cut();
        proxy.Restore();

        await UntilStoppedAsync(() => requester.CancellationBus.PublishStop(answer.TurnId), answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("turn")]
    [InlineData("turn:none")]
    [InlineData("conversation:1:2")]
    [InlineData("everything:3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    public async Task Invalid_channel_message_is_ignored(string message)
    {
        await using var generating = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var redis = await server.ConnectAsync();
        var (continued, stopped) = (generating.Answer(), generating.Answer());

        await redis.GetSubscriber().PublishAsync(StackExchange.Redis.RedisChannel.Literal("jarvis:answers:stop"), message);

        await UntilStoppedAsync(() => generating.CancellationBus.PublishStop(stopped.TurnId), stopped);
        continued.StopToken.IsCancellationRequested.Should().BeFalse();
    }

    // Published repeatedly, because the driver decides when a subscription becomes active.
    private static async Task UntilStoppedAsync(Action publish, params AnswerStream[] answers)
    {
        await Eventually.IsTrueAsync(
            () =>
            {
                publish();

                return Task.FromResult(answers.All(answer => answer.StopToken.IsCancellationRequested));
            },
            "all answers are stopped");
        await Task.WhenAll(answers.Select(answer => answer.Completion)).WaitAsync(Timeout);
    }
}

[Trait("Tier", "garnet")]
public sealed class GarnetAnswerCancellationBusTests(GarnetFixture server) : AnswerCancellationBusContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisAnswerCancellationBusTests(RealRedisUnderTest server) : AnswerCancellationBusContract(server), IClassFixture<RealRedisUnderTest>;
