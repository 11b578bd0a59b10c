using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using NSubstitute;

namespace Jarvis.Application.Tests.Memories;

public sealed class ForgetMemoryTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Fact]
    public async Task What_is_forgotten_is_gone_and_its_tombstone_does_not_tell_it()
    {
        var (turn, item) = await LearnAsync("My dog is called Reksio");

        var forgotten = await memory.ForgetAsync(item.Id);

        forgotten.Error.Should().BeNull();
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Tombstones)).Should().ContainSingle().Which.ContentHash.Should().Be(item.ContentHash);
        (await memory.ReadAsync(db => db.Turns.Where(row => row.Id == turn.Id))).Single().Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task A_turn_whose_answer_was_given_it_is_not_quoted_either()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        var asked = await memory.SayAsync("What is my dog called?", response: "Reksio.");
        await memory.WriteAsync(db => db.Turns.Single(row => row.Id == asked.Id).Give(Recall.Asked, [RecalledMemory.At(0, item.Id, item.SourceTurnId)]));

        await memory.ForgetAsync(item.Id);

        (await memory.ReadAsync(db => db.Turns)).Should().OnlyContain(row => !row.Recallable);
    }

    [Fact]
    public async Task The_summary_no_longer_tells_it()
    {
        var turn = await memory.SayAsync("My dog is called Reksio.");
        memory.Extractor.Next = _ => new Extraction(
            "I live in Bern with two friends\nMy dog is called Reksio\nThey have a dog, Reksio. The weather was fine.",
            [new MemoryCandidate(MemoryKind.Fact, "My dog is called Reksio", new Salience(0.5f), turn.Id)]);
        await memory.ExtractAsync();

        await memory.ForgetAsync((await memory.FindAsync("My dog is called Reksio")).Id);

        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary
            .Should().Be("I live in Bern with two friends\nThe weather was fine.");
    }

    [Fact]
    public async Task Where_it_was_said_again_it_is_not_quoted_either_in_any_chat()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.BeginConversationAsync();
        var again = await memory.SayAsync("Well, as I said: my dog is called Reksio. What does he eat?");
        var other = await memory.SayAsync("My neighbour's cat is called Filemon.");

        await memory.ForgetAsync(item.Id);

        var turns = await memory.ReadAsync(db => db.Turns);
        turns.Single(turn => turn.Id == again.Id).Recallable.Should().BeFalse();
        turns.Single(turn => turn.Id == other.Id).Recallable.Should().BeTrue();
    }

    [Fact]
    public async Task It_says_how_many_summaries_were_changed_and_queues_them()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");

        var forgotten = await memory.ForgetAsync(item.Id);

        forgotten.Value.Summaries.Should().Be(1);
        await memory.Jobs.Received(1).EnqueueAsync(memory.Leased.Job, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_turn_in_which_extraction_meets_what_was_forgotten_is_not_quoted_either()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var again = await memory.SayAsync("You know, my dog is called Reksio, as I said.");

        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "My dog is called Reksio", new Salience(0.5f), again.Id));

        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Turns.Where(turn => turn.Id == again.Id))).Single().Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task What_is_said_again_in_the_words_that_held_what_was_forgotten_is_not_even_read()
    {
        var (turn, item) = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var again = await memory.SayAsync(turn.Prompt);
        memory.Extractor.Next = _ => throw new InvalidOperationException("Nothing is to be read.");

        var extracted = await memory.ExtractAsync();

        extracted.Error.Should().BeNull();
        var row = (await memory.ReadAsync(db => db.Turns.Where(row => row.Id == again.Id))).Single();
        row.RememberedAt.Should().NotBeNull();
        row.Recallable.Should().BeFalse();
    }

    [Fact]
    public async Task Forgetting_what_ended_another_leaves_the_other_ended()
    {
        var (_, bern) = await LearnAsync("I live in Bern");
        var turn = await memory.SayAsync("I moved to Perth.");
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "I moved to Perth", new Salience(0.5f), turn.Id, bern.Id));

        await memory.ForgetAsync((await memory.FindAsync("I moved to Perth")).Id);

        bern = await memory.FindAsync("I live in Bern");
        (bern.ValidTo, bern.SupersededBy).Should().Be((turn.Timestamp, null));
    }

    [Fact]
    public async Task Forgetting_is_not_refused_because_a_worker_is_just_storing()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.SayAsync("Reksio likes the snow.");
        memory.Extractor.Next = _ => new Extraction("Their dog is called Reksio.", []);
        var forgetting = Task.FromResult<Result<Forgotten>>(MemoryErrors.NotFound);
        memory.Jobs.IsHeldAsync(memory.Leased, Arg.Any<CancellationToken>()).Returns(async _ =>
        {
            forgetting = Task.Run(() => memory.ForgetAsync(item.Id));
            await memory.SomebodyWaitsAsync();

            return true;
        });

        await memory.ExtractAsync();

        (await forgetting).Error.Should().BeNull();
        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_forgotten()
    {
        var forgotten = await memory.ForgetAsync(MemoryItemId.New(memory.Clock.GetUtcNow()));

        forgotten.Error!.Code.Should().Be("memory.not_found");
    }

    private async Task<(Turn Turn, MemoryItem Item)> LearnAsync(string content)
    {
        var turn = await memory.SayAsync(content);
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, content, new Salience(0.5f), turn.Id));

        return (turn, await memory.FindAsync(content));
    }
}
