using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class RebuildSummaryTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Fact]
    public async Task Summary_is_rebuilt_from_recallable_turns_without_learning_again()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        var related = await memory.AddTurnAsync("I am looking for a flat in Bern.");
        await memory.ExtractAsync([]);
        await memory.ForgetAsync(item.Id);
        memory.Extractor.Next = input => new ExtractionResult(
            "They look for a flat in Bern.",
            [new MemoryCandidate(MemoryKind.Goal, "Looks for a flat", new Salience(0.5f), input.Turns[0].Id)]);

        var rebuilt = await memory.RebuildAsync();

        rebuilt.Error.Should().BeNull();
        var input = memory.Extractor.Inputs[^1];
        input.Turns.Select(turn => turn.Id).Should().Equal(related.Id);
        (input.Summary, input.Known.Count).Should().Be(("", 0));
        var summary = await SummaryAsync();
        (summary.Summary, summary.Rebuild, summary.MessageCount).Should().Be(("They look for a flat in Bern.", false, 2));
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
    }

    [Fact]
    public async Task Intact_summary_is_not_rebuilt()
    {
        await LearnAsync("My dog is called Reksio");
        var read = memory.Extractor.Inputs.Count;

        var rebuilt = await memory.RebuildAsync("Another one.");

        rebuilt.Error.Should().BeNull();
        memory.Extractor.Inputs.Should().HaveCount(read);
        (await SummaryAsync()).Summary.Should().Be("They talked.");
    }

    [Fact]
    public async Task Summary_without_recallable_turns_is_empty()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var read = memory.Extractor.Inputs.Count;

        await memory.RebuildAsync("They have a dog called Reksio.");

        memory.Extractor.Inputs.Should().HaveCount(read);
        (await SummaryAsync()).Summary.Should().BeEmpty();
    }

    [Fact]
    public async Task Long_conversation_keeps_its_remaining_summary()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        for (var i = 0; i < 61; i++)
        {
            await memory.AddTurnAsync($"Sentence number {i}");
        }

        while ((await memory.ExtractAsync([])).Value)
        {
            // Extracts until no turn is left.
        }

        await memory.ForgetAsync(item.Id);
        var read = memory.Extractor.Inputs.Count;

        await memory.RebuildAsync("Something else.");

        memory.Extractor.Inputs.Should().HaveCount(read);
        var summary = await SummaryAsync();
        (summary.Summary, summary.Rebuild).Should().Be(("They talked.", false));
    }

    [Fact]
    public async Task Fact_forgotten_during_the_rebuild_is_not_in_the_summary()
    {
        var (_, dog) = await LearnAsync("My dog is called Reksio");
        var (_, cat) = await LearnAsync("My cat is called Filemon");
        await memory.ForgetAsync(dog.Id);
        memory.Extractor.OnExtracting = async () =>
        {
            memory.Extractor.OnExtracting = () => Task.CompletedTask;
            await memory.ForgetAsync(cat.Id);
        };

        var rebuilt = await memory.RebuildAsync("They have a cat called Filemon.");

        rebuilt.Error.Should().Be(MemoryErrors.ConcurrencyConflict);
        var summary = await SummaryAsync();
        (summary.Summary, summary.Rebuild).Should().Be(("They talked.", true));
    }

    [Fact]
    public async Task Rebuild_without_a_lease_writes_nothing()
    {
        var (_, item) = await LearnAsync("My dog is called Reksio");
        await memory.AddTurnAsync("I am looking for a flat in Bern.");
        await memory.ExtractAsync([]);
        await memory.ForgetAsync(item.Id);
        memory.Jobs.IsLeasedAsync(Arg.Any<LeasedJob>(), Arg.Any<CancellationToken>()).Returns(false);

        var rebuilt = await memory.RebuildAsync("Too late.");

        rebuilt.Error.Should().Be(MemoryErrors.LeaseLost);
        (await SummaryAsync()).Summary.Should().NotBe("Too late.");
    }

    private async Task<(Turn Turn, MemoryItem Item)> LearnAsync(string content)
    {
        var turn = await memory.AddTurnAsync(content);
        await memory.ExtractAsync(new MemoryCandidate(MemoryKind.Fact, content, new Salience(0.5f), turn.Id));

        return (turn, await memory.FindAsync(content));
    }

    private async Task<ConversationSummary> SummaryAsync() => (await memory.ReadAsync(db => db.ConversationSummaries)).Single();
}
