using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Search;

/// <summary>A user with a conversation, whose memory is filled and searched.</summary>
internal sealed class MemorySearchFixture
{
    private readonly IServiceProvider services;
    private DateTimeOffset now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private MemorySearchFixture(IServiceProvider services, UserId id, Conversation conversation) => (this.services, Id, Conversation) = (services, id, conversation);

    public UserId Id { get; }

    public Conversation Conversation { get; }

    public static async Task<MemorySearchFixture> CreateAsync(IServiceProvider services)
    {
        var now = new DateTimeOffset(2026, 5, 1, 11, 0, 0, TimeSpan.Zero);
        var id = await TestDatabase.AddUserAsync(services, now);
        var person = new MemorySearchFixture(services, id, Conversation.Start(id, Platform.Web, "A conversation", now));
        await person.SaveAsync(db => db.Conversations.Add(person.Conversation));

        return person;
    }

    public async Task<Turn> AddTurnAsync(string prompt, Action<Turn>? ended = null)
    {
        now += TimeSpan.FromMinutes(1);
        var turn = Conversation.Ask(prompt, now);
        await SaveAsync(db => db.Turns.Add(turn));
        (ended ?? (answered => answered.Complete("I see.", "test", usedTokens: 1)))(turn);
        await SaveAsync(db => db.Turns.Update(turn).Property(row => row.Status).OriginalValue = TurnStatus.Pending);

        return turn;
    }

    /// <summary>Adds turns with hours between them, so that each is its own session.</summary>
    public Task AddTurnsAsync(IEnumerable<string> prompts) => SaveAsync(db =>
    {
        foreach (var prompt in prompts)
        {
            now += TimeSpan.FromHours(7);
            var turn = Conversation.Ask(prompt, now);
            turn.Complete("I see.", "test", usedTokens: 1);
            turn.Remember(now);
            db.Turns.Add(turn);
        }
    });

    public async Task<MemoryItem> LearnAsync(string content, Turn? source = null)
    {
        source ??= await AddTurnAsync("Hello");
        var item = MemoryItem.Learn(source, MemoryKind.Fact, content, new Salience(0.5f), ContentHash.Compute(content, new byte[32]), now);
        await SaveAsync(db => db.MemoryItems.Add(item));

        return item;
    }

    public Task ChangeAsync(MemoryItem item, Action<MemoryItem> change) => SaveAsync(db =>
    {
        db.MemoryItems.Attach(item);
        change(item);
    });

    public async Task<IReadOnlyList<string>> FindAsync(string text, int budget = MemoryQuery.DefaultBudget, params TurnId[] except)
    {
        await using var scope = services.CreateAsyncScope();
        var search = scope.ServiceProvider.GetRequiredService<IMemorySearch>();
        var hits = await search.SearchAsync(new MemoryQuery(Id, text, budget, Conversation: null, except), CancellationToken.None);

        return [.. hits.Select(hit => hit.Content)];
    }

    public async Task SaveAsync(Action<IJarvisDb> change)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        change(db);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
