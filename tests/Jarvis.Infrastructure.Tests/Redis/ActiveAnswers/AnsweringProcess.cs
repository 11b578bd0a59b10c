using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.ActiveAnswers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.ActiveAnswers;

/// <summary>Answer generator of one process, with a model that returns nothing until it is cancelled.</summary>
internal sealed class AnsweringProcess : IAsyncDisposable, IChatModel
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly AnswerGenerator generator;
    private readonly ConnectionMultiplexer redis;

    private AnsweringProcess(TestDatabase database, ConnectionMultiplexer redis, ILogger<RedisAnswerCancellationBus> logger)
    {
        (this.database, this.redis) = (database, redis);
        var collection = new ServiceCollection();
        database.AddTo(collection);
        services = collection.BuildServiceProvider();
        generator = new AnswerGenerator(
            services.GetRequiredService<IServiceScopeFactory>(), Substitute.For<IMemoryJobQueue>(), new TokenCounter(), TimeProvider.System, NullLogger<AnswerGenerator>.Instance);
        CancellationBus = new RedisAnswerCancellationBus(redis, generator, logger);
        Registry = new RedisActiveAnswerRegistry(redis, generator, CancellationBus, TimeProvider.System, NullLogger<RedisActiveAnswerRegistry>.Instance);
    }

    public RedisAnswerCancellationBus CancellationBus { get; }

    public RedisActiveAnswerRegistry Registry { get; }

    public ChatModelDescription Description { get; } = new("silent", "test", Available: true, Local: true);

    public static async Task<AnsweringProcess> StartAsync(string connectionString, ILogger<RedisAnswerCancellationBus>? logger = null)
    {
        // Not awaited: a process starts whether or not Redis is available.
        var redis = await ConnectionMultiplexer.ConnectAsync(new RedisSettings(connectionString).Shared());
        var process = new AnsweringProcess(await TestDatabase.CreateAsync(), redis, logger ?? NullLogger<RedisAnswerCancellationBus>.Instance);
        await process.CancellationBus.StartAsync(CancellationToken.None);
        await process.Registry.StartAsync(CancellationToken.None);

        return process;
    }

    /// <summary>Stops the process: it generates nothing more and stores no answers.</summary>
    public Task KillAsync() => Registry.StopAsync(CancellationToken.None);

    /// <summary>Repeats the subscription, as the driver occasionally does after a reconnect.</summary>
    public Task DropSubscriptionAsync() => redis.GetSubscriber().UnsubscribeAllAsync();

    public Task<bool> WaitForStopAsync(TurnId turn) => redis.GetDatabase().KeyExistsAsync(RedisAnswerCancellationBus.KeyFor(turn.Value));

    public AnswerStream Answer(Conversation? conversation = null) =>
        Answer((conversation ?? AnyConversation()).Ask("Hello", TimeProvider.System.GetUtcNow()));

    public AnswerStream Answer(Turn turn) => generator.Start(turn, this, new ModelRequest([], Temperature: 0, MaxTokens: 1, []), []);

    public static Conversation AnyConversation()
    {
        var now = TimeProvider.System.GetUtcNow();

        return Conversation.Start(UserId.New(now), Platform.Web, "Hello", now);
    }

    public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async ValueTask DisposeAsync()
    {
        await CancellationBus.StopAsync(CancellationToken.None);
        await KillAsync();
        Registry.Dispose();
        using var now = new CancellationTokenSource();
        var closing = generator.CloseAsync(now.Token);
        await now.CancelAsync();
        await closing;
        generator.Dispose();
        await redis.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
