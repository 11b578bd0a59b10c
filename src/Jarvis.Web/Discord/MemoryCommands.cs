using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jarvis.Application.Discord;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;

namespace Jarvis.Web.Discord;

/// <summary>Handles <c>/memories</c> and <c>/forget</c>. Only the user sees the responses.</summary>
internal sealed class MemoryCommands(IMediator mediator, DiscordTexts texts)
{
    private const string ForgetPrefix = "forget:";
    private const string Keep = "keep";
    private const string Choose = "choose";

    private const int MaxLines = 12;
    private const int LineLength = 140;
    private const int MaxChoices = 25;

    /// <summary>Maximum length of a choice's name in Discord.</summary>
    private const int ChoiceLength = 100;
    private const int SearchBudget = 1_500;

    public async Task<JsonObject> ListAsync(Interaction interaction, UserId person, string address, CancellationToken cancellationToken)
    {
        var query = interaction.Text("query")?.Trim();
        var lines = string.IsNullOrEmpty(query) ? await ListAllAsync(person, cancellationToken) : await SearchAsync(person, query, cancellationToken);
        if (lines.Lines.Count == 0)
        {
            return InteractionResponse.Message(string.IsNullOrEmpty(query) ? texts["Discord.NoMemories"] : texts["Discord.NothingFound", Line(query, ChoiceLength)]);
        }

        var text = new StringBuilder(string.IsNullOrEmpty(query) ? texts.Plural("Discord.Memories", lines.Total) : texts["Discord.Found", Line(query, ChoiceLength)]);
        lines.Lines.ForEach(line => text.Append("\n- ").Append(line));
        text.Append('\n').Append(texts["Discord.MoreMemories", $"{address}/memories"]);

        return InteractionResponse.Message(MessageSplitter.Split(text.ToString(), maxParts: 1, truncationNote: "…")[0]);
    }

    /// <summary>Finds the memory by the option's value: the id of a suggestion, or text that the user typed.</summary>
    public async Task<JsonObject> FindAsync(Interaction interaction, UserId person, CancellationToken cancellationToken)
    {
        var value = interaction.Text("memory")?.Trim() ?? "";
        if (Guid.TryParse(value, out var id))
        {
            return await ConfirmAsync(person, MemoryItemId.From(id), InteractionResponse.Message, cancellationToken);
        }

        var found = await mediator.Send(new ListMemories(person, Page: 1, value), cancellationToken);

        return found.Items switch
        {
            [] => InteractionResponse.Message(texts["Discord.NothingFound", Line(value, ChoiceLength)]),
            [var one] => Question(one, InteractionResponse.Message),
            var several => InteractionResponse.Message(
                texts["Discord.WhichOne"],
                InteractionResponse.Choice(Choose, texts["Discord.WhichOne"], several.Take(MaxChoices).Select(FormatName))),
        };
    }

    public async Task<JsonObject> SuggestAsync(Interaction interaction, UserId person, CancellationToken cancellationToken)
    {
        var typed = interaction.Options.FirstOrDefault(option => option.IsFocused)?.Name is { } focused ? interaction.Text(focused) : null;
        var found = await mediator.Send(new ListMemories(person, Page: 1, typed), cancellationToken);

        return InteractionResponse.Choices(found.Items.Take(MaxChoices).Select(FormatName));
    }

    public async Task<JsonObject> HandleButtonAsync(Interaction interaction, UserId person, CancellationToken cancellationToken)
    {
        if (interaction.CustomId == Choose && interaction.Values is [var chosen, ..] && Guid.TryParse(chosen, out var one))
        {
            return await ConfirmAsync(person, MemoryItemId.From(one), InteractionResponse.Update, cancellationToken);
        }

        if (interaction.CustomId.StartsWith(ForgetPrefix, StringComparison.Ordinal) && Guid.TryParse(interaction.CustomId[ForgetPrefix.Length..], out var id))
        {
            var forgotten = await mediator.Send(new ForgetMemory(person, MemoryItemId.From(id)), cancellationToken);

            return InteractionResponse.Update(forgotten.Error is { } error ? texts.For(error) : texts["Discord.Forgotten"]);
        }

        return InteractionResponse.Update(interaction.CustomId == Keep ? texts["Discord.NotForgotten"] : texts["Discord.Unknown"]);
    }

    private async Task<JsonObject> ConfirmAsync(UserId person, MemoryItemId item, CreateMessage create, CancellationToken cancellationToken)
    {
        var related = await mediator.Send(new ListMemories(person, Page: 1, History: item), cancellationToken);

        return related.Items.FirstOrDefault(row => row.Id == item) is { } found ? Question(found, create) : create(texts["Discord.MemoryNotFound"]);
    }

    private JsonObject Question(MemoryRow item, CreateMessage create) => create(
        $"{texts["Discord.ForgetThis"]}\n> {Line(item.Content, MemoryItem.ContentMaxLength)}",
        InteractionResponse.DangerButton(texts["Discord.Forget"], ForgetPrefix + item.Id),
        InteractionResponse.SecondaryButton(texts["Discord.Keep"], Keep));

    private async Task<(List<string> Lines, int Total)> ListAllAsync(UserId person, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListMemories(person, Page: 1, Past: false), cancellationToken);

        return ([.. page.Items.Take(MaxLines).Select(row => $"{Line(row.Content, LineLength)} ({Day(row.ValidFrom)})")], page.Total);
    }

    // The search is the same as for a question with these words.
    private async Task<(List<string> Lines, int Total)> SearchAsync(UserId person, string query, CancellationToken cancellationToken)
    {
        var hits = await mediator.Send(new SearchMemory(person, query, SearchBudget), cancellationToken);
        if (hits.Error is not null)
        {
            return ([], 0);
        }

        return ([.. hits.Value.Take(MaxLines).Select(hit => $"{Line(hit.Content, LineLength)} ({Day(hit.At)})")], hits.Value.Count);
    }

    private static (string, string) FormatName(MemoryRow item) => (Line(item.Content, ChoiceLength), item.Id.ToString());

    private static string Day(DateTimeOffset at) => at.ToString("d", CultureInfo.CurrentCulture);

    private static string Line(string text, int maxLength)
    {
        var line = text.CollapseWhitespace();

        return line.Length <= maxLength ? line : line.Truncate(maxLength - 1) + "…";
    }

    private delegate JsonObject CreateMessage(string content, params JsonObject[] components);
}
