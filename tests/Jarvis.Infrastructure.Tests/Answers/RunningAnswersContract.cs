using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;

namespace Jarvis.Infrastructure.Tests.Answers;

/// <summary>What <see cref="IRunningAnswers"/> promises, on whichever server speaks Redis.</summary>
public abstract class RunningAnswersContract(RedisUnderTest server)
{
    [Fact]
    public async Task What_one_process_writes_another_knows_until_that_one_is_gone()
    {
        await using var writing = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        await using var other = await ProcessThatAnswers.StartAsync(server.ConnectionString);
        var written = writing.Answer().TurnId;
        TurnId[] turns = [written, TurnId.New(TimeProvider.System.GetUtcNow())];

        await Eventually.IsTrueAsync(async () => (await FindAsync(other, turns))!.SetEquals([written]), "it is told");
        await writing.KillAsync();

        await Eventually.IsTrueAsync(async () => (await FindAsync(other, turns))!.Count == 0, "it is forgotten");
    }

    [Fact]
    public async Task While_Redis_is_away_nobody_can_tell()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        await using var process = await ProcessThatAnswers.StartAsync(connectionString);
        line.Cut();

        (await FindAsync(process, TurnId.New(TimeProvider.System.GetUtcNow()))).Should().BeNull();
    }

    private static Task<IReadOnlySet<TurnId>?> FindAsync(ProcessThatAnswers process, params TurnId[] turns) => process.Running.FindAsync(turns, CancellationToken.None);
}

public sealed class GarnetRunningAnswersTests(GarnetUnderTest server) : RunningAnswersContract(server), IClassFixture<GarnetUnderTest>;

public sealed class RedisRunningAnswersTests(RealRedisUnderTest server) : RunningAnswersContract(server), IClassFixture<RealRedisUnderTest>;
