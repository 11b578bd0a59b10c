using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Tests.Redis.Queue;

namespace Jarvis.Infrastructure.Tests.Redis.ActiveAnswers;

/// <summary>Promises of <see cref="IActiveAnswerRegistry"/>, tested on both Redis implementations.</summary>
public abstract class ActiveAnswerRegistryContract(RedisFixture server)
{
    [Fact]
    public async Task Active_answer_is_visible_to_other_processes_until_its_process_ends()
    {
        await using var generating = await AnsweringProcess.StartAsync(server.ConnectionString);
        await using var other = await AnsweringProcess.StartAsync(server.ConnectionString);
        var active = generating.Answer().TurnId;
        TurnId[] turns = [active, TurnId.New(TimeProvider.System.GetUtcNow())];

        await Eventually.IsTrueAsync(async () => (await FindAsync(other, turns))!.SetEquals([active]), "the answer is registered");
        await generating.KillAsync();

        await Eventually.IsTrueAsync(async () => (await FindAsync(other, turns))!.Count == 0, "the answer is removed");
    }

    [Fact]
    public async Task Active_answers_are_unknown_during_Redis_outage()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        await using var process = await AnsweringProcess.StartAsync(connectionString);
        proxy.Cut();

        (await FindAsync(process, TurnId.New(TimeProvider.System.GetUtcNow()))).Should().BeNull();
    }

    private static Task<IReadOnlySet<TurnId>?> FindAsync(AnsweringProcess process, params TurnId[] turns) => process.Registry.FindAsync(turns, CancellationToken.None);
}

public sealed class GarnetActiveAnswerRegistryTests(GarnetFixture server) : ActiveAnswerRegistryContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisActiveAnswerRegistryTests(RealRedisUnderTest server) : ActiveAnswerRegistryContract(server), IClassFixture<RealRedisUnderTest>;
