using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class ImportConversationsTests : IAsyncLifetime
{
    private readonly IImportLease lease = Substitute.For<IImportLease>();
    private ApplicationFixture useCases = null!;

    public async ValueTask InitializeAsync()
    {
        useCases = await ApplicationFixture.StartAsync();
        useCases.Imports.TryAcquireAsync(Arg.Any<UserId>()).Returns(lease);
    }

    public ValueTask DisposeAsync() => useCases.DisposeAsync();

    [Fact]
    public async Task Long_conversation_is_imported_as_one_and_in_order()
    {
        var imported = await ImportAsync(Chat("c", [.. Enumerable.Range(0, 450).Select(i => $"Message {i}")]));

        imported.Imported.Should().Be(450);
        var prompts = await useCases.DbAsync(db => db.Turns.OrderBy(turn => turn.Id).Select(turn => turn.Prompt).ToListAsync());
        prompts.Should().Equal(Enumerable.Range(0, 450).Select(i => $"Message {i}"));
        await useCases.DbAsync(db => db.Conversations.SingleAsync());
    }

    [Fact]
    public async Task Two_users_can_import_the_same_file()
    {
        var another = await useCases.AddUserAsync();

        var mine = await ImportAsync(Chat("c", "Hello"));
        var theirs = await ImportAsync(another, Chat("c", "Hello"));

        (mine.Imported, theirs.Imported).Should().Be((1, 1));
        theirs.Conversations[0].ConversationId.Should().NotBe(mine.Conversations[0].ConversationId);
    }

    [Fact]
    public async Task Concurrent_imports_of_the_same_file_are_stored_once()
    {
        var chats = Enumerable.Range(0, 10).Select(i => Chat($"c{i}", [.. Enumerable.Range(0, 20).Select(turn => $"Message {turn}")])).ToArray();

        var both = await Task.WhenAll(Task.Run(() => ImportAsync(chats)), Task.Run(() => ImportAsync(chats)));

        both.Sum(outcome => outcome.Imported).Should().Be(200);
        (await useCases.DbAsync(db => db.Turns.CountAsync())).Should().Be(200);
        (await useCases.DbAsync(db => db.Conversations.CountAsync())).Should().Be(10);
    }

    [Fact]
    public async Task Import_is_rejected_while_another_runs()
    {
        useCases.Imports.TryAcquireAsync(Arg.Any<UserId>()).Returns((IImportLease?)null);

        var refused = await useCases.SendAsync(new ImportConversations(useCases.UserId, Read(Chat("c", "Hello"))));

        refused.Error!.Code.Should().Be("import.running");
    }

    [Fact]
    public async Task Failing_import_reports_progress_and_releases_its_lease()
    {
        async IAsyncEnumerable<Result<ConversationImportModel>> Slow()
        {
            yield return Chat("a", "Hello");
            useCases.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            yield return Chat("b", "Hello");
            throw new IOException("The connection was lost.");
        }

        var act = () => useCases.SendAsync(new ImportConversations(useCases.UserId, Slow()));

        await act.Should().ThrowAsync<IOException>();
        await lease.Received(1).ReportAsync(new ImportProgress(2, 2, 0));
        await lease.Received(1).DisposeAsync();
        (await useCases.DbAsync(db => db.Turns.CountAsync())).Should().Be(2, "earlier conversations stay imported");
    }

    [Fact]
    public async Task Duplicate_external_id_in_a_file_stops_the_import()
    {
        var outcome = await ImportAsync(Chat("c", "One"), Chat("c", "Two"));

        outcome.Stopped!.Fields.Should().ContainKey("conversations[1].externalId");
        outcome.Imported.Should().Be(1);
    }

    [Fact]
    public async Task Conversation_without_turns_is_skipped()
    {
        var outcome = await ImportAsync(Chat("empty"), Chat("c", "One"));

        outcome.Stopped.Should().BeNull();
        outcome.Conversations.Should().ContainSingle().Which.ExternalId.Should().Be("c");
    }

    [Fact]
    public async Task Untitled_conversation_is_named_after_its_first_prompt()
    {
        await ImportAsync(Chat("c", "What about dogs?") with { Title = " " });

        (await useCases.DbAsync(db => db.Conversations.SingleAsync())).Title.Should().Be("What about dogs?");
    }

    private static ConversationImportModel Chat(string id, params string[] prompts) =>
        new(id, "Title", ApplicationFixture.Start.AddYears(-1), [.. prompts.Select((prompt, i) => new TurnImportModel($"t{i}", prompt, "I see.", ApplicationFixture.Start.AddYears(-1)))]);

    private static async IAsyncEnumerable<Result<ConversationImportModel>> Read(params ConversationImportModel[] conversations)
    {
        foreach (var conversation in conversations)
        {
            await Task.Yield();

            yield return conversation;
        }
    }

    private Task<ImportResult> ImportAsync(params ConversationImportModel[] conversations) => ImportAsync(useCases.UserId, conversations);

    private async Task<ImportResult> ImportAsync(UserId person, params ConversationImportModel[] conversations) =>
        (await useCases.SendAsync(new ImportConversations(person, Read(conversations)))).Value;
}
