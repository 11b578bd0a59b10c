using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Tests.MemorySearch;
using Jarvis.Testing.Database;
using Jarvis.Testing.StandIns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Embeddings;

public sealed class SqliteMemoryEmbeddingTests() : MemoryEmbeddingContract(TestDatabase.SqliteAsync);

public sealed class PostgresMemoryEmbeddingTests() : MemoryEmbeddingContract(TestDatabase.PostgresAsync);

/// <summary>How what was learned and said comes by its vectors, and loses them, on whichever engine.</summary>
public abstract class MemoryEmbeddingContract(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private EmbeddedMemory memory = null!;
    private SearchedPerson anna = null!;

    public async ValueTask InitializeAsync()
    {
        database = await createDatabase();
        memory = await EmbeddedMemory.CreateAsync(database);
        anna = await SearchedPerson.CreateAsync(memory.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await memory.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_learned_and_said_is_embedded_once_the_newest_first_and_in_batches()
    {
        for (var i = 0; i < ITextEmbedder.MaxTexts + 3; i++)
        {
            await anna.SayAsync($"This is turn {i}");
        }

        await anna.LearnAsync("My parrot is called Kiki");

        await memory.EmbedAllAsync();
        await memory.EmbedAllAsync();

        var batches = memory.Server.Embeddings.Select(request => request.Inputs).Skip(1).ToList();
        batches.Select(batch => batch.Count).Should().Equal(ITextEmbedder.MaxTexts, 5);
        batches[0].Take(2).Should().BeEquivalentTo("My parrot is called Kiki", "Hello\nI see.");
        batches[0].Skip(2).First().Should().Be("This is turn 34\nI see.");
    }

    [Fact]
    public async Task Of_a_turn_the_prompt_and_the_start_of_the_answer_are_embedded()
    {
        await anna.SayAsync("Tell me all about parrots", turn => turn.Complete(new string('x', 2_000), "test", usedTokens: 1));

        await memory.EmbedAllAsync();

        memory.Server.Embeddings[^1].Inputs.Should().Equal("Tell me all about parrots\n" + new string('x', 600));
    }

    [Fact]
    public async Task Only_what_was_answered_and_may_be_recalled_is_sent()
    {
        await anna.SayAsync("This one failed", turn => turn.Fail(new Domain.Common.Error(Domain.Common.ErrorKind.Unavailable, "test.away", $"Away.")));
        await anna.SaveAsync(db => db.Turns.Add(anna.Conversation.Ask("This one is pending", TimeProvider.System.GetUtcNow())));
        await ForgetAsync(await anna.SayAsync("This one is forgotten"));
        await anna.SayAsync("This one counts");

        await memory.EmbedAllAsync();

        memory.Server.Embeddings.SelectMany(request => request.Inputs).Where(text => text.StartsWith("This", StringComparison.Ordinal))
            .Should().Equal("This one counts\nI see.");
    }

    [Fact]
    public async Task An_edited_item_loses_its_vector_with_the_edit_and_gets_that_of_its_new_text()
    {
        var item = await anna.LearnAsync("I play the cello");
        await memory.EmbedAllAsync();

        await anna.ChangeAsync(item, changed => changed.Edit("Rain falls in Bergen", changed.ContentHash, DateTimeOffset.UnixEpoch));
        (await memory.NearestAsync(anna.Id, "I play the cello")).Should().NotContain(near => near.Item == item.Id);
        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "Rain falls in Bergen"))[0].Item.Should().Be(item.Id);
    }

    [Fact]
    public async Task An_item_that_is_only_pinned_or_raised_keeps_its_vector()
    {
        var item = await anna.LearnAsync("I play the cello");
        await memory.EmbedAllAsync();

        await anna.ChangeAsync(item, changed => changed.Pin(true));
        await anna.ChangeAsync(item, changed => changed.Repeat());

        (await memory.NearestAsync(anna.Id, "I play the cello"))[0].Item.Should().Be(item.Id);
    }

    [Fact]
    public async Task What_changes_while_its_vector_is_made_gets_none_of_the_old_text()
    {
        var item = await anna.LearnAsync("I play the cello");
        var turn = await anna.SayAsync("I play the trumpet");
        var found = await WithStoreAsync(store => store.FindAsync("first/2", 10, CancellationToken.None));
        await anna.ChangeAsync(item, changed => changed.Edit("Rain falls in Bergen", changed.ContentHash, DateTimeOffset.UnixEpoch));
        await ForgetAsync(turn);

        var stored = await WithStoreAsync(store => store.StoreAsync("first/2", [.. found.Select(row => new EmbeddedRow(row, [0, 1]))], CancellationToken.None));

        stored.Should().Be(1, "the turn from which the item was learned is as it was");
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM memory_items WHERE embedding IS NOT NULL")).Should().Be(0);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(1);
    }

    [Fact]
    public async Task A_vector_goes_with_what_was_forgotten_or_deleted()
    {
        await ForgetAsync(await anna.SayAsync("Forget this"));
        var later = await anna.SayAsync("Forget this later");
        var item = await anna.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(2);

        await ForgetAsync(later);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(1);

        await anna.SaveAsync(db => db.Conversations.Remove(anna.Conversation));
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(0);
        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().ContainSingle().Which.Item.Should().Be(item.Id);
    }

    [Fact]
    public async Task All_of_a_persons_vectors_go_with_the_account()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();

        await WithDatabaseAsync(db => db.Users.ExecuteDeleteAsync());

        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(0);
    }

    [Fact]
    public async Task Another_model_embeds_all_anew_and_is_never_compared_with_the_vectors_of_the_first()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();
        memory.Server.Dimensions = 100;
        await using var second = memory.Start("second");

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki", process: second)).Should().BeEmpty();
        await memory.EmbedAllAsync(second);

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki", process: second)).Should().HaveCount(2);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(1);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_lost()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.Misbehave(OpenAiFault.ServerError, request => request.IsEmbedding);
        (await memory.Embedding.EmbedSomeAsync(CancellationToken.None)).Should().Be(EmbeddingRound.ServerAway);

        memory.Server.Behave();
        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_text_that_the_server_refuses_is_tried_shorter_and_holds_up_no_other()
    {
        await anna.SayAsync("Unspeakable");
        await anna.SayAsync("Long " + new string('x', 1_000));
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.Misbehave(OpenAiFault.WithStatus(400), request => request.IsEmbedding && request.Inputs.Any(text => text.Length > 600 || text.StartsWith("Unspeakable", StringComparison.Ordinal)));

        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(3);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM conversation_history WHERE embedding_model IS NULL AND status = 'completed'")).Should().Be(0);
    }

    [Fact]
    public async Task A_server_that_refuses_every_text_is_away_and_no_text_is_given_up_for_it()
    {
        await memory.EmbedAllAsync();
        await memory.NearestAsync(anna.Id, "so that the model is known");
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.Misbehave(OpenAiFault.WithStatus(400), request => request.IsEmbedding);

        (await memory.Embedding.EmbedSomeAsync(CancellationToken.None)).Should().Be(EmbeddingRound.ServerAway);

        memory.Server.Behave();
        await memory.EmbedAllAsync();
        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Two_workers_at_once_give_each_text_one_vector()
    {
        for (var i = 0; i < 80; i++)
        {
            await anna.LearnAsync($"Fact {i}");
        }

        await using var other = memory.Start("first");
        await Task.WhenAll(Task.Run(() => memory.EmbedAllAsync()), Task.Run(() => memory.EmbedAllAsync(other)));

        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(80);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM memory_items WHERE embedding IS NOT NULL")).Should().Be(80);
    }

    [Fact]
    public async Task How_much_is_left_is_counted_up_to_a_bound()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        await anna.LearnAsync("I play the cello");

        (await WithStoreAsync(store => store.CountAsync("first/2", 100, CancellationToken.None))).Should().Be(4);
        (await WithStoreAsync(store => store.CountAsync("first/2", 3, CancellationToken.None))).Should().Be(3);
    }

    // As forgetting does it: past the row that somebody may hold.
    private Task ForgetAsync(Turn turn) => WithDatabaseAsync(db => db.Turns.Where(row => row.Id == turn.Id)
        .ExecuteUpdateAsync(row => row.SetProperty(one => one.Recallable, false)));

    private Task<int> CountAsync(FormattableString statement) => memory.QueryAsync<int>(statement);

    private async Task WithDatabaseAsync(Func<JarvisDbContext, Task> work)
    {
        await using var scope = memory.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<JarvisDbContext>());
    }

    private async Task<T> WithStoreAsync<T>(Func<IEmbeddingStore, Task<T>> work)
    {
        await using var scope = memory.Services.CreateAsyncScope();

        return await work(scope.ServiceProvider.GetRequiredService<IEmbeddingStore>());
    }
}
