using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class SqliteEmbeddingBackfillTests() : EmbeddingBackfillContract(TestDatabase.SqliteAsync);

public sealed class PostgresEmbeddingBackfillTests() : EmbeddingBackfillContract(TestDatabase.PostgresAsync);

/// <summary>Tests how items and turns get and lose their vectors on each engine.</summary>
public abstract class EmbeddingBackfillContract(Func<Task<TestDatabase>> createDatabase) : EmbeddedMemoryTestBase(createDatabase)
{
    [Fact]
    public async Task Items_and_turns_are_embedded_once_newest_first_in_batches()
    {
        for (var i = 0; i < ITextEmbedder.MaxTexts + 3; i++)
        {
            await anna.AddTurnAsync($"This is turn {i}");
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
    public async Task Prompt_and_start_of_the_answer_of_a_turn_are_embedded()
    {
        await anna.AddTurnAsync("Tell me all about parrots", turn => turn.Complete(new string('x', 2_000), "test", usedTokens: 1));

        await memory.EmbedAllAsync();

        memory.Server.Embeddings[^1].Inputs.Should().Equal("Tell me all about parrots\n" + new string('x', 600));
    }

    [Fact]
    public async Task Only_answered_and_recallable_turns_are_embedded()
    {
        await anna.AddTurnAsync("This one failed", turn => turn.Fail(new Domain.Common.Error(Domain.Common.ErrorKind.Unavailable, "test.unavailable", $"Unavailable.")));
        await anna.SaveAsync(db => db.Turns.Add(anna.Conversation.Ask("This one is pending", TimeProvider.System.GetUtcNow())));
        await ForgetAsync(await anna.AddTurnAsync("This one is forgotten"));
        await anna.AddTurnAsync("This one counts");

        await memory.EmbedAllAsync();

        memory.Server.Embeddings.SelectMany(request => request.Inputs).Where(text => text.StartsWith("This", StringComparison.Ordinal))
            .Should().Equal("This one counts\nI see.");
    }

    [Fact]
    public async Task Edited_item_loses_its_vector_and_gets_one_for_its_new_text()
    {
        var item = await anna.LearnAsync("I play the cello");
        await memory.EmbedAllAsync();

        await anna.ChangeAsync(item, changed => changed.Edit("Rain falls in Bergen", changed.ContentHash, DateTimeOffset.UnixEpoch));
        (await memory.NearestAsync(anna.Id, "I play the cello")).Should().NotContain(near => near.Item == item.Id);
        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "Rain falls in Bergen"))[0].Item.Should().Be(item.Id);
    }

    [Fact]
    public async Task Pinned_or_reinforced_item_keeps_its_vector()
    {
        var item = await anna.LearnAsync("I play the cello");
        await memory.EmbedAllAsync();

        await anna.ChangeAsync(item, changed => changed.Pin(true));
        await anna.ChangeAsync(item, changed => changed.Reinforce());

        (await memory.NearestAsync(anna.Id, "I play the cello"))[0].Item.Should().Be(item.Id);
    }

    [Fact]
    public async Task Text_changed_during_embedding_gets_no_outdated_vector()
    {
        var item = await anna.LearnAsync("I play the cello");
        var turn = await anna.AddTurnAsync("I play the trumpet");
        var found = await WithStoreAsync(store => store.FindAsync("first/2", 10, withLocalOnly: true, CancellationToken.None));
        await anna.ChangeAsync(item, changed => changed.Edit("Rain falls in Bergen", changed.ContentHash, DateTimeOffset.UnixEpoch));
        await ForgetAsync(turn);

        var stored = await WithStoreAsync(store => store.StoreAsync("first/2", [.. found.Select(row => new EmbeddedRow(row, [0, 1]))], CancellationToken.None));

        stored.Should().Be(1, "the turn that the item was learned from is unchanged");
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM memory_items WHERE embedding IS NOT NULL")).Should().Be(0);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(1);
    }

    [Fact]
    public async Task Vector_is_deleted_with_its_forgotten_or_deleted_source()
    {
        await ForgetAsync(await anna.AddTurnAsync("Forget this"));
        var later = await anna.AddTurnAsync("Forget this later");
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
    public async Task Vectors_are_deleted_with_the_account()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        await memory.EmbedAllAsync();

        await WithDatabaseAsync(db => db.Users.ExecuteDeleteAsync());

        (await CountAsync($"SELECT count(*) AS \"Value\" FROM turn_embeddings")).Should().Be(0);
    }

    [Fact]
    public async Task New_model_embeds_everything_again_and_ignores_old_vectors()
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
    public async Task Pending_texts_are_embedded_after_server_outage()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.AddFault(OpenAiFault.ServerError, request => request.IsEmbedding);
        (await memory.Embedding.EmbedBatchAsync(CancellationToken.None)).Should().Be(EmbeddingBatchResult.ServerUnavailable);

        memory.Server.ClearFaults();
        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Rejected_text_is_retried_shorter_and_does_not_block_others()
    {
        await anna.AddTurnAsync("Unspeakable");
        await anna.AddTurnAsync("Long " + new string('x', 1_000));
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.AddFault(OpenAiFault.WithStatus(400), request => request.IsEmbedding && request.Inputs.Any(text => text.Length > 600 || text.StartsWith("Unspeakable", StringComparison.Ordinal)));

        await memory.EmbedAllAsync();

        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(3);
        (await CountAsync($"SELECT count(*) AS \"Value\" FROM conversation_history WHERE embedding_model IS NULL AND status = 'completed'")).Should().Be(0);
    }

    [Fact]
    public async Task Server_that_rejects_every_text_counts_as_outage_and_skips_no_text()
    {
        await memory.EmbedAllAsync();
        await memory.NearestAsync(anna.Id, "so that the model is known");
        await anna.LearnAsync("My parrot is called Kiki");
        memory.Server.AddFault(OpenAiFault.WithStatus(400), request => request.IsEmbedding);

        (await memory.Embedding.EmbedBatchAsync(CancellationToken.None)).Should().Be(EmbeddingBatchResult.ServerUnavailable);

        memory.Server.ClearFaults();
        await memory.EmbedAllAsync();
        (await memory.NearestAsync(anna.Id, "My parrot is called Kiki")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Concurrent_workers_give_each_text_one_vector()
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
    public async Task Pending_count_is_capped_at_the_given_limit()
    {
        await anna.LearnAsync("My parrot is called Kiki");
        await anna.LearnAsync("I play the cello");

        (await WithStoreAsync(store => store.CountAsync("first/2", 100, withLocalOnly: true, CancellationToken.None))).Should().Be(4);
        (await WithStoreAsync(store => store.CountAsync("first/2", 3, withLocalOnly: true, CancellationToken.None))).Should().Be(3);
    }

    // Updates the row directly, as forgetting does.
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
