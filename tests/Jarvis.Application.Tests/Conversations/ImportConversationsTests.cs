using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class ImportConversationsTests : IAsyncLifetime
{
    private readonly IImportSeat seat = Substitute.For<IImportSeat>();
    private UseCases useCases = null!;

    public async ValueTask InitializeAsync()
    {
        useCases = await UseCases.StartAsync();
        useCases.Imports.TryTakeAsync(Arg.Any<UserId>()).Returns(seat);
    }

    public ValueTask DisposeAsync() => useCases.DisposeAsync();

    [Fact]
    public async Task A_long_conversation_is_stored_in_parts_and_in_order()
    {
        var imported = await ImportAsync(Chat("c", [.. Enumerable.Range(0, 450).Select(i => $"Message {i}")]));

        imported.Imported.Should().Be(450);
        var prompts = await useCases.DbAsync(db => db.Turns.OrderBy(turn => turn.Id).Select(turn => turn.Prompt).ToListAsync());
        prompts.Should().Equal(Enumerable.Range(0, 450).Select(i => $"Message {i}"));
        await useCases.DbAsync(db => db.Conversations.SingleAsync());
    }

    [Fact]
    public async Task Two_people_may_import_the_same_file()
    {
        var another = await useCases.AddPersonAsync();

        var mine = await ImportAsync(Chat("c", "Hello"));
        var theirs = await ImportAsync(another, Chat("c", "Hello"));

        (mine.Imported, theirs.Imported).Should().Be((1, 1));
        theirs.Conversations[0].ConversationId.Should().NotBe(mine.Conversations[0].ConversationId);
    }

    [Fact]
    public async Task The_same_imported_twice_at_once_is_stored_once()
    {
        var chats = Enumerable.Range(0, 10).Select(i => Chat($"c{i}", [.. Enumerable.Range(0, 20).Select(turn => $"Message {turn}")])).ToArray();

        var both = await Task.WhenAll(Task.Run(() => ImportAsync(chats)), Task.Run(() => ImportAsync(chats)));

        both.Sum(outcome => outcome.Imported).Should().Be(200);
        (await useCases.DbAsync(db => db.Turns.CountAsync())).Should().Be(200);
        (await useCases.DbAsync(db => db.Conversations.CountAsync())).Should().Be(10);
    }

    [Fact]
    public async Task Where_another_import_runs_nothing_is_read()
    {
        useCases.Imports.TryTakeAsync(Arg.Any<UserId>()).Returns((IImportSeat?)null);

        var refused = await useCases.SendAsync(new ImportConversations(useCases.Person, Read(Chat("c", "Hello"))));

        refused.Error!.Code.Should().Be("import.running");
    }

    [Fact]
    public async Task It_tells_how_far_it_is_and_leaves_its_seat_also_when_it_fails()
    {
        async IAsyncEnumerable<Result<ConversationToImport>> Slow()
        {
            yield return Chat("a", "Hello");
            useCases.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            yield return Chat("b", "Hello");
            throw new IOException("The connection is gone.");
        }

        var importing = () => useCases.SendAsync(new ImportConversations(useCases.Person, Slow()));

        await importing.Should().ThrowAsync<IOException>();
        await seat.Received(1).TellAsync(new ImportProgress(2, 2, 0));
        await seat.Received(1).DisposeAsync();
        (await useCases.DbAsync(db => db.Turns.CountAsync())).Should().Be(2, "what came before stays");
    }

    [Fact]
    public async Task An_external_id_within_a_file_is_used_once()
    {
        var outcome = await ImportAsync(Chat("c", "One"), Chat("c", "Two"));

        outcome.Stopped!.Fields.Should().ContainKey("conversations[1].externalId");
        outcome.Imported.Should().Be(1);
    }

    [Fact]
    public async Task A_conversation_without_turns_leaves_nothing_and_stops_nothing()
    {
        var outcome = await ImportAsync(Chat("empty"), Chat("c", "One"));

        outcome.Stopped.Should().BeNull();
        outcome.Conversations.Should().ContainSingle().Which.ExternalId.Should().Be("c");
    }

    [Fact]
    public async Task Without_a_title_it_is_named_by_what_was_said_first()
    {
        await ImportAsync(Chat("c", "What about dogs?") with { Title = " " });

        (await useCases.DbAsync(db => db.Conversations.SingleAsync())).Title.Should().Be("What about dogs?");
    }

    private static ConversationToImport Chat(string id, params string[] prompts) =>
        new(id, "Title", UseCases.Start.AddYears(-1), [.. prompts.Select((prompt, i) => new TurnToImport($"t{i}", prompt, "I see.", UseCases.Start.AddYears(-1)))]);

    private static async IAsyncEnumerable<Result<ConversationToImport>> Read(params ConversationToImport[] conversations)
    {
        foreach (var conversation in conversations)
        {
            await Task.Yield();

            yield return conversation;
        }
    }

    private Task<ImportOutcome> ImportAsync(params ConversationToImport[] conversations) => ImportAsync(useCases.Person, conversations);

    private async Task<ImportOutcome> ImportAsync(UserId person, params ConversationToImport[] conversations) =>
        (await useCases.SendAsync(new ImportConversations(person, Read(conversations)))).Value;
}
