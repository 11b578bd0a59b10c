using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Loads everything that is read before a turn is stored, and builds the model request. New and retried turns share it.</summary>
internal sealed class ChatContextLoader(IJarvisDb db, IMemorySearch search, IChatModelCatalog models, PromptBuilder prompts)
{
    /// <summary>More turns than the token budget allows in all but the shortest conversations.</summary>
    private const int RecentTurns = 40;
    private const int MaxAnswerTokens = 4_096;

    /// <summary>Placeholder for an answer that may contain memories.</summary>
    private const string WithheldText = "(This answer was given with the help of memory, which the person keeps from you.)";

    /// <param name="conversation">Null for a new conversation.</param>
    /// <param name="before">History ends before this turn; null for all turns.</param>
    /// <param name="memory">Choice of the person about memory in this conversation; null without a choice.</param>
    /// <param name="isPublic">Other people read the answer, so it must not contain memories.</param>
    public async Task<Result<ChatContext>> LoadAsync(
        UserId user,
        ConversationId? conversation,
        TurnId? before,
        string prompt,
        bool? memory,
        bool isPublic,
        CancellationToken cancellationToken)
    {
        var rows = await LoadRowsAsync(user, conversation, before, isPublic, cancellationToken);
        if (conversation is not null && rows[0].Conversation is null)
        {
            return CommonErrors.ConversationNotFound;
        }

        if (rows[0].Conversation is { } existing && memory == existing.WithoutMemory)
        {
            return ChatErrors.MemoryAlreadyChosen;
        }

        var config = rows[0].Config;
        var model = models.Find(config.Model);
        if (model.Error is { } error)
        {
            return error;
        }

        var recent = rows.Where(row => row.Turn is not null).Select(row => row.Turn!).Reverse().ToList();
        var usage = DetermineMemoryUsage(rows[0].Conversation?.WithoutMemory ?? memory == false, isPublic, config, model.Value);
        var memories = usage == MemoryUsage.Used
            ? await SearchAsync(
                new MemoryQuery(user, prompt, MemoryQuery.DefaultBudget, conversation, [.. recent.Select(turn => turn.Id)]) { LocalOnly = config.LocalModelsOnly },
                cancellationToken)
            : [];
        var withheldTurns = rows.Where(row => row.WasGivenMemory && usage is MemoryUsage.LocalOnly or MemoryUsage.PublicAudience).Select(row => row.Turn!.Id).ToHashSet();

        var messages = prompts.Build(
            prompt,
            memories,
            usage == MemoryUsage.PublicAudience ? null : rows[0].Summary,
            [.. recent.Select(turn => new RecentTurn(turn.Prompt, withheldTurns.Contains(turn.Id) ? WithheldText : turn.Response!))]);

        return new ChatContext(
            rows[0].Conversation,
            model.Value,
            new ModelRequest(messages, config.Temperature.Value, MaxAnswerTokens, memories, usage),
            usage,
            memories);
    }

    private static MemoryUsage DetermineMemoryUsage(bool withoutMemory, bool isPublic, UserConfig config, IChatModel model)
    {
        if (withoutMemory)
        {
            return MemoryUsage.Disabled;
        }

        if (isPublic)
        {
            return MemoryUsage.PublicAudience;
        }

        return config.LocalModelsOnly && !model.Description.Local ? MemoryUsage.LocalOnly : MemoryUsage.Used;
    }

    private async Task<IReadOnlyList<CitedMemory>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken) =>
    [
        .. from hit in await search.SearchAsync(query, cancellationToken)
           select new CitedMemory(hit.Item, hit.Turn, hit.Content, hit.At, hit.Conversation) { Text = hit.Text, Kind = hit.Kind, ValidTo = hit.ValidTo },
    ];

    // One round trip: each row holds a turn and, repeated, the conversation, the summary and the configuration.
    private Task<List<Row>> LoadRowsAsync(UserId user, ConversationId? conversation, TurnId? before, bool isPublic, CancellationToken cancellationToken)
    {
        var turns = db.Turns.OwnedBy(user).AsNoTracking()
            .Where(turn => turn.ConversationId == conversation && turn.Status == TurnStatus.Completed)
            .Where(turn => before == null || turn.Id < before)
            .OrderByDescending(turn => turn.Id)
            .Take(RecentTurns);

        var rows =
            from config in db.UserConfigs.OwnedBy(user)
            from found in db.Conversations.OwnedBy(user).Where(row => row.Id == conversation).DefaultIfEmpty()
            from summary in db.ConversationSummaries.OwnedBy(user).Where(row => row.ConversationId == conversation).DefaultIfEmpty()
            join turn in turns on config.UserId equals turn.UserId into history
            from turn in history.DefaultIfEmpty()
            select new Row(config, found, summary.Summary, turn, (isPublic || config.LocalModelsOnly) && turn.Memories.Any());

        return rows.ToListAsync(cancellationToken);
    }

    private sealed record Row(UserConfig Config, Conversation? Conversation, string? Summary, Turn? Turn, bool WasGivenMemory);
}

internal sealed record ChatContext(
    Conversation? Conversation,
    IChatModel Model,
    ModelRequest Request,
    MemoryUsage MemoryUsage,
    IReadOnlyList<CitedMemory> Memories)
{
    /// <summary>Citations to store with the turn.</summary>
    public IEnumerable<MemoryCitation> Citations =>
        Memories.Select((memory, position) => MemoryCitation.At(position, memory.Item, memory.Turn));
}
