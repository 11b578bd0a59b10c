using System.Globalization;
using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Queue;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Queue.QueueOfATest;

namespace Jarvis.Infrastructure.Tests.Queue;

/// <summary>What <see cref="IDeadLetters"/> promises, on whichever server speaks Redis.</summary>
public abstract class DeadLetterContract(RedisUnderTest server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_job_that_was_given_up_is_listed_with_its_reason_its_attempts_and_when()
    {
        using var queue = await QueueAsync();
        var letters = LettersOf(queue);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var reason = new Error(ErrorKind.UpstreamFailed, "model.failed", $"{"The model"} failed with an error of its own ({500}).");
        await queue.Queue.ReturnAsync(await queue.TakeAsync(), reason, costsAttempt: true, CancellationToken.None);

        var letter = (await letters.ListAsync(10, CancellationToken.None)).Should().ContainSingle().Subject;

        letter.Job.Should().Be(job);
        letter.Reason.Should().BeEquivalentTo(new MemoryFailure("model.failed", "The model failed with an error of its own (500).", ["The model", "500"]));
        letter.Attempts.Should().Be(1);
        letter.At.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        (await letters.FindAsync(letter.Id, CancellationToken.None)).Should().BeEquivalentTo(letter);
    }

    [Fact]
    public async Task The_latest_are_listed_and_no_more_than_asked_for()
    {
        using var queue = await QueueAsync();
        for (var i = 0; i < 2_500; i++)
        {
            await queue.Redis.HashSetAsync(
                queue.Keys.Dead,
                $"junk {i}",
                string.Create(CultureInfo.InvariantCulture, $$"""{"reason":"memory.job_unreadable: This is no memory job.","at":"{{1_700_000_000_000L + i}}","attempts":0}"""),
                flags: CommandFlags.FireAndForget);
        }

        var latest = await LettersOf(queue).ListAsync(3, CancellationToken.None);

        latest.Select(letter => letter.Id).Should().Equal("junk 2499", "junk 2498", "junk 2497");
    }

    [Fact]
    public async Task What_is_no_job_has_none_and_its_beginning_for_an_id()
    {
        using var queue = await QueueAsync();
        await queue.Redis.ListLeftPushAsync(queue.Keys.List, "{\"not\": \"a job\"}");
        await queue.EnqueueAsync(AnyJob());
        await queue.TakeAsync();

        var letter = (await LettersOf(queue).ListAsync(10, CancellationToken.None)).Should().ContainSingle().Subject;

        letter.Job.Should().BeNull();
        letter.Id.Should().Be("{\"not\": \"a job\"}");
        letter.Reason.Code.Should().Be("memory.job_unreadable");
    }

    [Fact]
    public async Task What_was_dropped_is_gone_and_what_was_not_there_is_null()
    {
        using var queue = await QueueAsync();
        var letters = LettersOf(queue);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        await queue.FailAsync(await queue.TakeAsync());
        var letter = (await letters.ListAsync(10, CancellationToken.None)).Single();

        await letters.DropAsync(letter.Id, CancellationToken.None);
        await letters.DropAsync("never there", CancellationToken.None);

        (await letters.FindAsync(letter.Id, CancellationToken.None)).Should().BeNull();
        (await queue.FindAsync(job)).Should().BeNull();
    }

    private static RedisDeadLetters LettersOf(QueueOfATest queue) => new(queue.Redis.Multiplexer, queue.Keys);

    private Task<QueueOfATest> QueueAsync() => StartAsync(server, name, new QueueOptions { MaxAttempts = 1 });
}

public sealed class GarnetDeadLetterTests(GarnetUnderTest server) : DeadLetterContract(server), IClassFixture<GarnetUnderTest>;

public sealed class RedisDeadLetterTests(RealRedisUnderTest server) : DeadLetterContract(server), IClassFixture<RealRedisUnderTest>;
