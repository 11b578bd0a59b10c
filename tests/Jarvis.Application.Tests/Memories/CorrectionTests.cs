using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class CorrectionTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Fact]
    public async Task Corrected_memory_is_not_learned_again_from_its_source()
    {
        var (turn, item) = await LearnAsync("I live in Bern");

        await memory.EditAsync(item.Id, "I live in Basel");
        await ExtractAgainAsync(turn, "I live in Bern");

        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.Content.Should().Be("I live in Basel");
    }

    [Fact]
    public async Task Earlier_turn_in_other_words_does_not_supersede_a_correction()
    {
        var (turn, item) = await LearnAsync("I live in Bern");

        await memory.EditAsync(item.Id, "I live in Basel");
        await ExtractAgainAsync(turn, "Bern is my home", item.Id);

        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.ValidTo.Should().BeNull();
    }

    [Fact]
    public async Task Later_turn_supersedes_a_correction()
    {
        var (_, item) = await LearnAsync("I live in Bern");
        await memory.EditAsync(item.Id, "I live in Basel");

        var later = await memory.AddTurnAsync("I moved to Perth");
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "I moved to Perth", new Salience(0.5f), later.Id, item.Id));

        (await memory.FindAsync("I live in Basel")).ValidTo.Should().Be(later.Timestamp);
    }

    [Fact]
    public async Task Correction_excludes_the_turn_from_recall_and_rebuilds_the_summary()
    {
        var (turn, item) = await LearnAsync("I live in Bern", summary: "They live in Bern. The weather was fine.");

        await memory.EditAsync(item.Id, "I live in Basel");

        (await memory.ReadAsync(db => db.Turns)).Single(row => row.Id == turn.Id).Recallable.Should().BeFalse();
        var summary = (await memory.ReadAsync(db => db.ConversationSummaries)).Single();
        (summary.Summary, summary.Rebuild).Should().Be(("The weather was fine.", true));
        await memory.Jobs.Received(1).EnqueueAsync(memory.Leased.Job, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Correction_with_the_same_text_changes_nothing()
    {
        var (turn, item) = await LearnAsync("I live in Bern");

        await memory.EditAsync(item.Id, " I live in Bern ");

        (await memory.ReadAsync(db => db.Tombstones)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Turns)).Single(row => row.Id == turn.Id).Recallable.Should().BeTrue();
        (await memory.FindAsync("I live in Bern")).EditedAt.Should().BeNull();
    }

    [Fact]
    public async Task Second_correction_can_restore_the_original_text()
    {
        var (_, item) = await LearnAsync("I live in Bern");
        await memory.EditAsync(item.Id, "I live in Basel");
        await memory.EditAsync(item.Id, "I live in Bern");

        var repetition = await memory.AddTurnAsync("I live in Bern");
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, "I live in Bern", new Salience(0.5f), repetition.Id));

        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.Content.Should().Be("I live in Bern");
    }

    [Fact]
    public async Task Concurrent_extraction_does_not_undo_a_correction()
    {
        var (_, item) = await LearnAsync("I live in Bern");
        var repetition = await memory.AddTurnAsync("I do live in Bern");
        memory.Extractor.Next = _ => new ExtractionResult("They live in Bern.", [new MemoryCandidate(MemoryKind.Fact, "I live in Bern", new Salience(0.5f), repetition.Id)]);
        memory.Extractor.OnExtracting = async () =>
        {
            memory.Extractor.OnExtracting = () => Task.CompletedTask;
            await memory.EditAsync(item.Id, "I live in Basel");
        };

        var extracted = await memory.ExtractAsync();

        extracted.Error.Should().Be(MemoryErrors.ConcurrencyConflict);
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.Content.Should().Be("I live in Basel");
    }

    private async Task ExtractAgainAsync(Turn turn, string content, MemoryItemId? supersedes = null)
    {
        await memory.UnreadAsync();
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, content, new Salience(0.5f), turn.Id, supersedes));
    }

    private async Task<(Turn Turn, MemoryItem Item)> LearnAsync(string content, string summary = "They talked.")
    {
        var turn = await memory.AddTurnAsync(content);
        memory.Extractor.Next = _ => new ExtractionResult(summary, [new MemoryCandidate(MemoryKind.Fact, content, new Salience(0.5f), turn.Id)]);
        await memory.ExtractAsync();
        memory.Clock.Advance(TimeSpan.FromMinutes(1));

        return (turn, await memory.FindAsync(content));
    }
}
