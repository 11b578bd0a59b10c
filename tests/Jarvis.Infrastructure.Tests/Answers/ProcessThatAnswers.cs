using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Answers;
using Jarvis.Infrastructure.Redis;
using Jarvis.Testing.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Answers;

/// <summary>One process's desk, with a model that says nothing until it is cancelled.</summary>
internal sealed class ProcessThatAnswers : IAsyncDisposable, IChatModel
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly AnswerDesk desk;
    private readonly ConnectionMultiplexer redis;

    private ProcessThatAnswers(TestDatabase database, ConnectionMultiplexer redis, ILogger<RedisAnswersElsewhere> logger)
    {
        (this.database, this.redis) = (database, redis);
        var collection = new ServiceCollection();
        database.AddTo(collection);
        services = collection.BuildServiceProvider();
        desk = new AnswerDesk(
            services.GetRequiredService<IServiceScopeFactory>(), Substitute.For<IMemoryJobQueue>(), new TokenCounter(), TimeProvider.System, NullLogger<AnswerDesk>.Instance);
        Elsewhere = new RedisAnswersElsewhere(redis, desk, logger);
        Running = new RedisRunningAnswers(redis, desk, Elsewhere, TimeProvider.System, NullLogger<RedisRunningAnswers>.Instance);
    }

    public RedisAnswersElsewhere Elsewhere { get; }

    public RedisRunningAnswers Running { get; }

    public ChatModelDescription Description { get; } = new("silent", "test", Available: true, Local: true);

    public static async Task<ProcessThatAnswers> StartAsync(string connectionString, ILogger<RedisAnswersElsewhere>? logger = null)
    {
        // Not waited for: a process starts whether or not Redis is there.
        var redis = await ConnectionMultiplexer.ConnectAsync(new RedisSettings(connectionString).Shared());
        var process = new ProcessThatAnswers(await TestDatabase.CreateAsync(), redis, logger ?? NullLogger<RedisAnswersElsewhere>.Instance);
        await process.Elsewhere.StartAsync(CancellationToken.None);
        await process.Running.StartAsync(CancellationToken.None);

        return process;
    }

    /// <summary>It says nothing any more, and its answers are not stored.</summary>
    public Task KillAsync() => Running.StopAsync(CancellationToken.None);

    /// <summary>As the driver does it now and then when its connection comes back.</summary>
    public Task ForgetToListenAsync() => redis.GetSubscriber().UnsubscribeAllAsync();

    public Task<bool> IsToldToStopAsync(TurnId turn) => redis.GetDatabase().KeyExistsAsync(RedisAnswersElsewhere.KeyOf(turn.Value));

    public RunningAnswer Answer(Conversation? conversation = null) =>
        Answer((conversation ?? AnyConversation()).Ask("Hello", TimeProvider.System.GetUtcNow()));

    public RunningAnswer Answer(Turn turn) => desk.Begin(turn, this, new ModelRequest([], Temperature: 0, MaxTokens: 1, []), []);

    public static Conversation AnyConversation()
    {
        var now = TimeProvider.System.GetUtcNow();

        return Conversation.Begin(UserId.New(now), Platform.Web, "Hello", now);
    }

    public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async ValueTask DisposeAsync()
    {
        await Elsewhere.StopAsync(CancellationToken.None);
        await KillAsync();
        Running.Dispose();
        using var now = new CancellationTokenSource();
        var closing = desk.CloseAsync(now.Token);
        await now.CancelAsync();
        await closing;
        desk.Dispose();
        await redis.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
