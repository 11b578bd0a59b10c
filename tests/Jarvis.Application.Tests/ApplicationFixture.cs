using Jarvis.Application.Accounts;
using Jarvis.Application.BugReports;
using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Application.Memories;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Output;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Application.Tests;

/// <summary>Use cases as the product registers them, over their own database; the test provides all other ports.</summary>
internal sealed class ApplicationFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private ApplicationFixture(TestDatabase database)
    {
        this.database = database;
        Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns([]);
        Extractor.Name.Returns("heuristic");

        var collection = new ServiceCollection();
        collection.AddCapturedLogging();
        collection.AddJarvisApplication();
        database.AddTo(collection, Outage);
        collection.Replace(ServiceDescriptor.Scoped(_ => Search));
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton<IChatModelCatalog>(Models);
        collection.AddSingleton(Jobs);
        collection.AddSingleton(CancellationBus);
        collection.AddSingleton(ActiveAnswers);
        collection.AddSingleton(Imports);
        collection.AddSingleton<IDatabaseErrorClassifier, DatabaseErrorClassifier>();
        collection.AddSingleton(Extractor);
        collection.AddSingleton(Accounts);
        collection.AddSingleton<ISpeechProviders>(Speech);
        collection.AddSingleton<ISpeechSynthesizer>(Speech);
        collection.AddSingleton(Tracker);
        collection.AddSingleton(Notifier);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public AutoAdvancingTimeProvider Clock { get; } = new(Start);

    public SaveChangesFaultInterceptor Outage { get; } = new();

    public ScriptedModels Models { get; } = new();

    public IMemorySearch Search { get; } = Substitute.For<IMemorySearch>();

    public IMemoryJobQueue Jobs { get; } = Substitute.For<IMemoryJobQueue>();

    public IAnswerCancellationBus CancellationBus { get; } = Substitute.For<IAnswerCancellationBus>();

    /// <summary>Reports no turn as active in another process.</summary>
    public IActiveAnswerRegistry ActiveAnswers { get; } = NoActiveAnswers();

    public IImportCoordinator Imports { get; } = Substitute.For<IImportCoordinator>();

    public IMemoryExtractor Extractor { get; } = Substitute.For<IMemoryExtractor>();

    public IAccounts Accounts { get; } = Substitute.For<IAccounts>();

    public ScriptedSpeech Speech { get; } = new();

    public IBugTracker Tracker { get; } = Substitute.For<IBugTracker>();

    public IAdminNotifier Notifier { get; } = Substitute.For<IAdminNotifier>();

    public AnswerGenerator Generator => services.GetRequiredService<AnswerGenerator>();

    public UserId UserId { get; private set; }

    public static async Task<ApplicationFixture> StartAsync()
    {
        var useCases = new ApplicationFixture(await TestDatabase.CreateAsync());
        useCases.UserId = await useCases.AddUserAsync();

        return useCases;
    }

    public Task<UserId> AddUserAsync() => TestDatabase.AddUserAsync(services, Clock.GetUtcNow());

    /// <summary>Sends a request in its own scope.</summary>
    public async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request)
    {
        await using var scope = services.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<T> DbAsync<T>(Func<IJarvisDb, Task<T>> use)
    {
        await using var scope = services.CreateAsyncScope();

        return await use(scope.ServiceProvider.GetRequiredService<IJarvisDb>());
    }

    public Task SaveAsync(Action<IJarvisDb> change) => DbAsync(db =>
    {
        change(db);

        return db.SaveChangesAsync(CancellationToken.None);
    });

    /// <summary>Asks, waits until the answer is stored and returns it.</summary>
    public async Task<AnswerStream> AskAsync(string prompt = "Hello", ConversationId? conversation = null, UserId? person = null)
    {
        var answer = await SendAsync(new AskChat(person ?? UserId, conversation, prompt));
        await answer.Value.Completion;
        Clock.Advance(TimeSpan.FromSeconds(1));

        return answer.Value;
    }

    /// <summary>Asks a model that fails.</summary>
    public async Task<AnswerStream> FailAsync(string prompt = "Hello", ConversationId? conversation = null)
    {
        var script = Models.Script;
        Models.Fail(new Error(ErrorKind.Unavailable, "test.unavailable", $"The model is unavailable."));
        var answer = await AskAsync(prompt, conversation);
        Models.Script = script;

        return answer;
    }

    /// <summary>Adds a memory as if it were extracted from that turn.</summary>
    public async Task<MemoryItem> LearnAsync(AnswerStream source, string content, MemoryKind kind = MemoryKind.Fact)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        var turn = await db.Turns.SingleAsync(row => row.Id == source.TurnId);
        var config = await db.UserConfigs.SingleAsync(row => row.UserId == turn.UserId);
        var hash = ContentHash.Compute(content, config.MemoryKey);
        var item = MemoryItem.Learn(turn, kind, content, new Salience(0.5f), hash, Clock.GetUtcNow());
        db.MemoryItems.Add(item);
        await db.SaveChangesAsync(CancellationToken.None);

        return item;
    }

    public Task<Turn> TurnAsync(TurnId id) => DbAsync(db => db.Turns.Include(turn => turn.Memories).AsNoTracking().SingleAsync(turn => turn.Id == id));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        var closing = Generator.CloseAsync(now.Token);
        await now.CancelAsync();
        await closing;
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static IActiveAnswerRegistry NoActiveAnswers()
    {
        var running = Substitute.For<IActiveAnswerRegistry>();
        running.FindAsync(null!, default).ReturnsForAnyArgs(new HashSet<TurnId>());

        return running;
    }
}
