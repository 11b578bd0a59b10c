using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.TestSupport.Output;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Application.Tests.Memories;

/// <summary>One user with one conversation in its own database, and the memory use cases over it.</summary>
internal sealed class MemoryDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private Conversation conversation = null!;

    private MemoryDatabase(TestDatabase database)
    {
        this.database = database;
        Jobs.IsLeasedAsync(Arg.Any<LeasedJob>(), Arg.Any<CancellationToken>()).Returns(true);
        var collection = new ServiceCollection();
        collection.AddCapturedLogging();
        database.AddTo(collection, Commits);
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public ScriptedExtractor Extractor { get; } = new();

    public CommitFaultInterceptor Commits { get; } = new();

    public UserId User { get; private set; }

    /// <summary>Queue that reports the job as leased by default.</summary>
    public IMemoryJobQueue Jobs { get; } = Substitute.For<IMemoryJobQueue>();

    public LeasedJob Leased => new(new MemoryJob(User, conversation.Id), "handle", CancellationToken.None);

    public static async Task<MemoryDatabase> CreateAsync()
    {
        var database = new MemoryDatabase(await TestDatabase.CreateAsync());
        await database.WriteAsync(db =>
        {
            var now = database.Clock.GetUtcNow();
            database.User = new UserId(Guid.CreateVersion7(now));
            ((JarvisDbContext)db).Users.Add(new JarvisUser { Id = database.User, UserName = "anna", CreatedAt = now });
            db.UserConfigs.Add(UserConfig.CreateDefault(database.User, now));
            db.Conversations.Add(database.conversation = Conversation.Start(database.User, Platform.Web, "Hello", now));
        });

        return database;
    }

    /// <summary>Starts another conversation of the same user for the following turns.</summary>
    public async Task StartConversationAsync() =>
        await WriteAsync(db => db.Conversations.Add(conversation = Conversation.Start(User, Platform.Web, "Hello again", Clock.GetUtcNow())));

    /// <summary>Adds an answered turn one minute after the previous one.</summary>
    public async Task<Turn> AddTurnAsync(string prompt, string response = "I see.", bool answered = true)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var turn = conversation.Ask(prompt, Clock.GetUtcNow());
        if (answered)
        {
            turn.Complete(response, "test", usedTokens: 1);
        }

        await WriteAsync(db => db.Turns.Add(turn));

        return turn;
    }

    /// <summary>Extracts, with these memories as the extractor's result.</summary>
    public async Task<Result<bool>> ExtractAsync(params IReadOnlyList<MemoryCandidate> candidates)
    {
        Extractor.Next = _ => new ExtractionResult("They talked.", candidates);

        return await ExtractAsync();
    }

    public Task<Result<bool>> ExtractAsync() => ExtractAsync(Leased);

    public async Task<Result<bool>> ExtractAsync(LeasedJob leased)
    {
        await using var scope = services.CreateAsyncScope();
        var handler = new ExtractMemoryHandler(scope.ServiceProvider.GetRequiredService<IJarvisDb>(), Jobs, Extractor, new DatabaseErrorClassifier(), Clock);

        return await handler.Handle(new ExtractMemory(leased), CancellationToken.None);
    }

    /// <summary>Extracts, with this summary as the extractor's result.</summary>
    public async Task<Result> RebuildAsync(string summary)
    {
        Extractor.Next = _ => new ExtractionResult(summary, []);

        return await RebuildAsync();
    }

    public async Task<Result> RebuildAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var handler = new RebuildSummaryHandler(scope.ServiceProvider.GetRequiredService<IJarvisDb>(), Jobs, Extractor, new DatabaseErrorClassifier(), Clock);

        return await handler.Handle(new RebuildSummary(Leased), CancellationToken.None);
    }

    public async Task<Result> EditAsync(MemoryItemId item, string content)
    {
        await using var scope = services.CreateAsyncScope();
        var handler = new EditMemoryHandler(scope.ServiceProvider.GetRequiredService<IJarvisDb>(), Jobs, Clock);

        return await handler.Handle(new EditMemory(User, item, content, Pinned: null), CancellationToken.None);
    }

    public async Task<Result<Forgotten>> ForgetAsync(MemoryItemId item)
    {
        await using var scope = services.CreateAsyncScope();
        var handler = new ForgetMemoryHandler(scope.ServiceProvider.GetRequiredService<IJarvisDb>(), Jobs, Clock);

        return await handler.Handle(new ForgetMemory(User, item), CancellationToken.None);
    }

    /// <summary>Marks all turns as unread by memory.</summary>
    public async Task UnreadAsync()
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IJarvisDb>().Turns
            .ExecuteUpdateAsync(row => row.SetProperty(turn => turn.RememberedAt, (DateTimeOffset?)null));
    }

    public async Task<MemoryItem> FindAsync(string content) => (await ReadAsync(db => db.MemoryItems)).Single(item => item.Content == content);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(Func<IJarvisDb, IQueryable<T>> rows)
        where T : class
    {
        await using var scope = services.CreateAsyncScope();

        return await rows(scope.ServiceProvider.GetRequiredService<IJarvisDb>()).AsNoTracking().ToListAsync();
    }

    public async Task WriteAsync(Action<IJarvisDb> change)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        change(db);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>
    /// Waits until a transaction blocks on another one's lock. SQLite allows one writer at a time and does not show blocked ones.
    /// </summary>
    public async Task WaitForBlockedLockAsync()
    {
        if (Engine.IsPostgres)
        {
            await Eventually.IsTrueAsync(
                async () => (await ReadAsync(db => db.Database.SqlQuery<string>(
                    $"SELECT state FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))).Count > 0,
                "a transaction waits for the lock");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
