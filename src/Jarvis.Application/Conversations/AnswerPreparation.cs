using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>What asking and asking again share: everything that is read before a turn is stored, and the request to the model.</summary>
internal sealed class AnswerPreparation(IJarvisDb db, IMemorySearch search, IChatModelCatalog models, PromptBuilder prompts)
{
    /// <summary>More than fit the token budget in all but the shortest of conversations.</summary>
    private const int RecentTurns = 40;
    private const int MaxAnswerTokens = 4_096;

    /// <summary>Stands for an answer that may tell what memory gave to a model here.</summary>
    private const string Withheld = "(This answer was given with the help of memory, which the person keeps from you.)";

    /// <param name="conversation">Null for a new one.</param>
    /// <param name="before">Only turns before this one are history; null for all.</param>
    /// <param name="memory">Whether the person wants memory here; null where they did not say.</param>
    /// <param name="overheard">Whether others read the answer, who are not to be told anything that memory holds.</param>
    public async Task<Result<PreparedAnswer>> PrepareAsync(
        UserId user,
        ConversationId? conversation,
        TurnId? before,
        string prompt,
        bool? memory,
        bool overheard,
        CancellationToken cancellationToken)
    {
        var rows = await LoadAsync(user, conversation, before, overheard, cancellationToken);
        if (conversation is not null && rows[0].Conversation is null)
        {
            return ChatErrors.ConversationNotFound;
        }

        if (rows[0].Conversation is { } begun && memory == begun.WithoutMemory)
        {
            return ChatErrors.MemoryChosen;
        }

        var config = rows[0].Config;
        var model = models.Find(config.Model);
        if (model.Error is { } error)
        {
            return error;
        }

        var recent = rows.Where(row => row.Turn is not null).Select(row => row.Turn!).Reverse().ToList();
        var recall = RecallFor(rows[0].Conversation?.WithoutMemory ?? memory == false, overheard, config, model.Value);
        var given = recall == Recall.Asked
            ? await SearchAsync(
                new MemoryQuery(user, prompt, MemoryQuery.DefaultBudget, conversation, [.. recent.Select(turn => turn.Id)]) { OnOwnMachines = config.LocalModelsOnly },
                cancellationToken)
            : [];
        var told = rows.Where(row => row.WasGivenMemory && recall is Recall.KeptFromCloud or Recall.Overheard).Select(row => row.Turn!.Id).ToHashSet();

        var messages = prompts.Build(
            prompt,
            given,
            recall == Recall.Overheard ? null : rows[0].Summary,
            [.. recent.Select(turn => new RecentTurn(turn.Prompt, told.Contains(turn.Id) ? Withheld : turn.Response!))]);

        return new PreparedAnswer(
            rows[0].Conversation,
            model.Value,
            new ModelRequest(messages, config.Temperature.Value, MaxAnswerTokens, given, recall),
            recall,
            given);
    }

    private static Recall RecallFor(bool withoutMemory, bool overheard, UserConfig config, IChatModel model)
    {
        if (withoutMemory)
        {
            return Recall.Off;
        }

        if (overheard)
        {
            return Recall.Overheard;
        }

        return config.LocalModelsOnly && !model.Description.Local ? Recall.KeptFromCloud : Recall.Asked;
    }

    private async Task<IReadOnlyList<GivenMemory>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken) =>
    [
        .. from hit in await search.SearchAsync(query, cancellationToken)
           select new GivenMemory(hit.Item, hit.Turn, hit.Content, hit.At, hit.Conversation) { Said = hit.Said, Kind = hit.Kind, ValidTo = hit.ValidTo },
    ];

    // One round trip: the turns of the conversation, each with the one conversation, summary and configuration beside it.
    private Task<List<Row>> LoadAsync(UserId user, ConversationId? conversation, TurnId? before, bool overheard, CancellationToken cancellationToken)
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
            select new Row(config, found, summary.Summary, turn, (overheard || config.LocalModelsOnly) && turn.Memories.Any());

        return rows.ToListAsync(cancellationToken);
    }

    private sealed record Row(UserConfig Config, Conversation? Conversation, string? Summary, Turn? Turn, bool WasGivenMemory);
}

internal sealed record PreparedAnswer(
    Conversation? Conversation,
    IChatModel Model,
    ModelRequest Request,
    Recall Recall,
    IReadOnlyList<GivenMemory> Memories)
{
    /// <summary>How the turn notes what it was given.</summary>
    public IEnumerable<RecalledMemory> Recalled =>
        Memories.Select((memory, position) => RecalledMemory.At(position, memory.Item, memory.Turn));
}
