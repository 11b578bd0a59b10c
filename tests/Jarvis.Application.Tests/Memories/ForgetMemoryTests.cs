using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class ForgetMemoryTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Fact]
    public async Task Forgotten_memory_leaves_a_tombstone_and_its_turn_is_not_recallable()
    {
        var (turn, item) = await LearnAsync("My dog is called Reksio");

        var forgotten = await memory.ForgetAsync(item.Id);

        forgotten.Error.Should().BeNull();
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Tombstones)).Should().ContainSingle().Which.ContentHash.Should().Be(item.ContentHash);
        (await memory.ReadAsync(db => db.Turns.Where(row => row.Id == turn.Id))).Single().Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task Turn_that_cited_a_forgotten_memory_is_not_recallable()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        var question = await memory.AddTurnAsync("What is my dog called?", response: "Reksio.");
        await memory.WriteAsync(db => db.Turns.Single(row => row.Id == question.Id).RecordMemories(MemoryUsage.Used, [MemoryCitation.At(0, item.Id, item.SourceTurnId)]));

        await memory.ForgetAsync(item.Id);

        (await memory.ReadAsync(db => db.Turns)).Should().OnlyContain(row => !row.Recallable);
    }

    [Fact]
    public async Task Forgotten_memory_is_removed_from_the_summary()
    {
        var turn = await memory.AddTurnAsync("My dog is called Reksio.");
        memory.Extractor.Next = _ => new ExtractionResult(
            "I live in Bern with two friends\nMy dog is called Reksio\nThey have a dog, Reksio. The weather was fine.",
            [new MemoryCandidate(MemoryKind.Fact, "My dog is called Reksio", new Salience(0.5f), turn.Id)]);
        await memory.ExtractAsync();

        await memory.ForgetAsync((await memory.FindAsync("My dog is called Reksio")).Id);

        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary
            .Should().Be("I live in Bern with two friends\nThe weather was fine.");
    }

    [Fact]
    public async Task Turn_that_yields_a_forgotten_memory_is_not_recallable()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var repetition = await memory.AddTurnAsync("You know, my dog is called Reksio, as I said.");

        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "My dog is called Reksio", new Salience(0.5f), repetition.Id));

        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Turns.Where(turn => turn.Id == repetition.Id))).Single().Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task Turn_identical_to_a_forgotten_source_is_not_extracted_or_recalled()
    {
        var (turn, item) = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var repetition = await memory.AddTurnAsync(turn.Prompt);
        memory.Extractor.Next = _ => throw new InvalidOperationException("The extractor must not be called.");

        var extracted = await memory.ExtractAsync();

        extracted.Error.Should().BeNull();
        var row = (await memory.ReadAsync(db => db.Turns.Where(row => row.Id == repetition.Id))).Single();
        row.RememberedAt.Should().NotBeNull();
        row.Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task Repetition_of_a_forgotten_memory_in_any_chat_is_not_recallable()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.StartConversationAsync();
        var repetition = await memory.AddTurnAsync("Well, as I said: my dog is called Reksio. What does he eat?");
        var other = await memory.AddTurnAsync("My neighbour's cat is called Filemon.");

        await memory.ForgetAsync(item.Id);

        var turns = await memory.ReadAsync(db => db.Turns);
        turns.Single(turn => turn.Id == repetition.Id).Recallable.Should().BeFalse();
        turns.Single(turn => turn.Id == other.Id).Recallable.Should().BeTrue();
    }

    [Fact]
    public async Task Forgetting_returns_the_number_of_summaries_and_queues_them()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");

        var forgotten = await memory.ForgetAsync(item.Id);

        forgotten.Value.Summaries.Should().Be(1);
        await memory.Jobs.Received(1).EnqueueAsync(memory.Leased.Job, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Forgetting_a_successor_leaves_its_predecessor_ended()
    {
        var (_, bern) = await LearnAsync("I live in Bern");
        var turn = await memory.AddTurnAsync("I moved to Perth.");
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "I moved to Perth", new Salience(0.5f), turn.Id, bern.Id));

        await memory.ForgetAsync((await memory.FindAsync("I moved to Perth")).Id);

        bern = await memory.FindAsync("I live in Bern");
        (bern.ValidTo, bern.SupersededBy).Should().Be((turn.Timestamp, null));
    }

    [Fact]
    public async Task Forgetting_succeeds_while_a_worker_is_storing()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.AddTurnAsync("Reksio likes the snow.");
        memory.Extractor.Next = _ => new ExtractionResult("Their dog is called Reksio.", []);
        var forgotten = Task.FromResult<Result<Forgotten>>(MemoryErrors.NotFound);
        memory.Jobs.IsLeasedAsync(memory.Leased, Arg.Any<CancellationToken>()).Returns(async _ =>
        {
            forgotten = Task.Run(() => memory.ForgetAsync(item.Id));
            await memory.WaitForBlockedLockAsync();

            return true;
        });

        await memory.ExtractAsync();

        (await forgotten).Error.Should().BeNull();
        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary.Should().BeEmpty();
    }

    [Fact]
    public async Task Unknown_memory_cannot_be_forgotten()
    {
        var forgotten = await memory.ForgetAsync(MemoryItemId.New(memory.Clock.GetUtcNow()));

        forgotten.Error!.Code.Should().Be("memory.not_found");
    }

    private async Task<(Turn Turn, MemoryItem Item)> LearnAsync(string content)
    {
        var turn = await memory.AddTurnAsync(content);
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, content, new Salience(0.5f), turn.Id));

        return (turn, await memory.FindAsync(content));
    }
}
