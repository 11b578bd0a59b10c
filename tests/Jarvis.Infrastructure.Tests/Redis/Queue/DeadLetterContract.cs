using System.Globalization;
using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Queue;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Promises of <see cref="IDeadLetters"/>, tested on both Redis implementations.</summary>
public abstract class DeadLetterContract(RedisFixture server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Dead_letter_is_listed_with_reason_attempts_and_time()
    {
        using var queue = await QueueAsync();
        var letters = DeadLettersFor(queue);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var reason = new Error(ErrorKind.UpstreamFailed, "model.failed", $"{"The model"} returned an error ({500}).");
        await queue.Queue.ReturnAsync(await queue.TakeAsync(), reason, costsAttempt: true, CancellationToken.None);

        var letter = (await letters.ListAsync(10, CancellationToken.None)).Should().ContainSingle().Subject;

        letter.Job.Should().Be(job);
        letter.Reason.Should().BeEquivalentTo(new MemoryFailure("model.failed", "The model returned an error (500).", ["The model", "500"]));
        letter.Attempts.Should().Be(1);
        letter.At.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        (await letters.FindAsync(letter.Id, CancellationToken.None)).Should().BeEquivalentTo(letter);
    }

    [Fact]
    public async Task Latest_dead_letters_are_listed_up_to_the_requested_count()
    {
        using var queue = await QueueAsync();
        for (var i = 0; i < 2_500; i++)
        {
            await queue.Redis.HashSetAsync(
                queue.Keys.Dead,
                $"junk {i}",
                string.Create(CultureInfo.InvariantCulture, $$"""{"reason":"memory.job_unreadable: This isn't a memory job.","at":"{{1_700_000_000_000L + i}}","attempts":0}"""),
                flags: CommandFlags.FireAndForget);
        }

        var latest = await DeadLettersFor(queue).ListAsync(3, CancellationToken.None);

        latest.Select(letter => letter.Id).Should().Equal("junk 2499", "junk 2498", "junk 2497");
    }

    [Fact]
    public async Task Dead_letter_of_unreadable_payload_has_payload_as_id_and_no_job()
    {
        using var queue = await QueueAsync();
        await queue.Redis.ListLeftPushAsync(queue.Keys.List, "{\"not\": \"a job\"}");
        await queue.EnqueueAsync(AnyJob());
        await queue.TakeAsync();

        var letter = (await DeadLettersFor(queue).ListAsync(10, CancellationToken.None)).Should().ContainSingle().Subject;

        letter.Job.Should().BeNull();
        letter.Id.Should().Be("{\"not\": \"a job\"}");
        letter.Reason.Code.Should().Be("memory.job_unreadable");
    }

    [Fact]
    public async Task Discarded_dead_letter_is_removed_and_unknown_id_is_ignored()
    {
        using var queue = await QueueAsync();
        var letters = DeadLettersFor(queue);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        await queue.FailAsync(await queue.TakeAsync());
        var letter = (await letters.ListAsync(10, CancellationToken.None)).Single();

        await letters.DiscardAsync(letter.Id, CancellationToken.None);
        await letters.DiscardAsync("never there", CancellationToken.None);

        (await letters.FindAsync(letter.Id, CancellationToken.None)).Should().BeNull();
        (await queue.FindAsync(job)).Should().BeNull();
    }

    private static RedisDeadLetters DeadLettersFor(QueueFixture queue) => new(queue.Redis.Multiplexer, queue.Keys);

    private Task<QueueFixture> QueueAsync() => StartAsync(server, name, new QueueOptions { MaxAttempts = 1 });
}

[Trait("Tier", "garnet")]
public sealed class GarnetDeadLetterTests(GarnetFixture server) : DeadLetterContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisDeadLetterTests(RealRedisUnderTest server) : DeadLetterContract(server), IClassFixture<RealRedisUnderTest>;
