using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class ExtractMemoryTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Fact]
    public async Task Statement_is_remembered_with_its_turn_and_time()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");

        var extraction = await memory.ExtractAsync(Fact("I live in Bern", turn));

        extraction.Value.Should().BeFalse();
        var item = await memory.FindAsync("I live in Bern");
        (item.SourceTurnId, item.ConversationId, item.ValidFrom, item.ValidTo).Should().Be((turn.Id, turn.ConversationId, turn.Timestamp, null));
        var summary = (await memory.ReadAsync(db => db.ConversationSummaries)).Should().ContainSingle().Which;
        (summary.Summary, summary.MessageCount, summary.LastTurnId).Should().Be(("They talked.", 1, turn.Id));
        (await memory.ReadAsync(db => db.Turns)).Should().OnlyContain(row => row.RememberedAt != null);
    }

    [Fact]
    public async Task Extracted_turn_is_not_read_again()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        await memory.ExtractAsync(Fact("I live in Bern", turn));

        await memory.ExtractAsync();

        memory.Extractor.Inputs.Should().ContainSingle();
    }

    [Fact]
    public async Task Extractor_receives_new_turns_summary_and_known_memories()
    {
        var first = await memory.AddTurnAsync("I live in Bern.");
        await memory.ExtractAsync(Fact("I live in Bern", first));
        var second = await memory.AddTurnAsync("I have a dog.", response: "You live in Bern.");

        await memory.ExtractAsync(Fact("I have a dog", second));

        var input = memory.Extractor.Inputs[1];
        input.Turns.Should().ContainSingle().Which.Should().Match<ExtractionTurn>(turn => turn.UserText == "I have a dog." && turn.AssistantText == "You live in Bern.");
        input.Summary.Should().Be("They talked.");
        input.Known.Should().ContainSingle().Which.Content.Should().Be("I live in Bern");
    }

    [Fact]
    public async Task Unanswered_turn_is_not_extracted()
    {
        await memory.AddTurnAsync("I live in Bern.", answered: false);

        await memory.ExtractAsync();

        memory.Extractor.Inputs.Should().BeEmpty();
    }

    [Fact]
    public async Task Many_turns_are_extracted_in_batches()
    {
        for (var i = 0; i < 21; i++)
        {
            await memory.AddTurnAsync($"Number {i}.");
        }

        var (first, second) = (await memory.ExtractAsync(), await memory.ExtractAsync());

        (first.Value, second.Value).Should().Be((true, false));
        memory.Extractor.Inputs.Select(input => input.Turns.Count).Should().Equal(20, 1);
    }

    [Fact]
    public async Task Failed_extraction_stores_nothing()
    {
        await memory.AddTurnAsync("I live in Bern.");
        memory.Extractor.Next = _ => new Error(ErrorKind.UpstreamFailed, "memory.bad_extraction", $"No.");

        var refused = await memory.ExtractAsync();

        refused.Error!.Code.Should().Be("memory.bad_extraction");
        await ExpectNothingStoredAsync();
    }

    [Fact]
    public async Task Moved_watermark_rejects_the_write_completely()
    {
        var first = await memory.AddTurnAsync("Hello.");
        await memory.ExtractAsync();
        var turn = await memory.AddTurnAsync("I live in Bern.");
        memory.Extractor.Next = _ => new ExtractionResult("Mine.", [Fact("I live in Bern", turn)]);
        memory.Extractor.OnExtracting = () => memory.WriteAsync(db =>
            db.ConversationSummaries.Single().Append("Another's.", [db.Turns.Single(row => row.Id == first.Id)], memory.Clock.GetUtcNow()));

        var refused = await memory.ExtractAsync();

        refused.Error!.Code.Should().Be("memory.overtaken");
        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary.Should().Be("Another's.");
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Turns.Where(row => row.RememberedAt == null))).Should().ContainSingle();
    }

    [Fact]
    public async Task Concurrent_extractions_of_one_conversation_write_once()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        memory.Extractor.Next = _ => new ExtractionResult("Once.", [Fact("I live in Bern", turn)]);
        memory.Extractor.OnExtracting = async () =>
        {
            memory.Extractor.OnExtracting = () => Task.CompletedTask;
            (await memory.ExtractAsync()).Error.Should().BeNull();
        };

        var refused = await memory.ExtractAsync();

        refused.Error!.Code.Should().Be("memory.overtaken");
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle();
    }

    [Fact]
    public async Task Conversation_deleted_during_extraction_leaves_no_memory()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        memory.Extractor.Next = _ => new ExtractionResult("They talked.", [Fact("I live in Bern", turn)]);
        memory.Extractor.OnExtracting = () => memory.WriteAsync(db => db.Conversations.Remove(db.Conversations.Single()));

        var refused = await memory.ExtractAsync();

        refused.Error.Should().NotBeNull();
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
    }

    [Fact]
    public async Task Retried_older_turn_is_read_without_moving_the_watermark_back()
    {
        var early = await memory.AddTurnAsync("I live in Bern.", answered: false);
        var late = await memory.AddTurnAsync("Hello.");
        await memory.ExtractAsync();
        await memory.WriteAsync(db => db.Turns.Single(row => row.Id == early.Id).Complete("I see.", "test", usedTokens: 1));

        await memory.ExtractAsync(Fact("I live in Bern", early));

        await memory.FindAsync("I live in Bern");
        var summary = (await memory.ReadAsync(db => db.ConversationSummaries)).Single();
        (summary.LastTurnId, summary.MessageCount).Should().Be((late.Id, 2));
    }

    [Fact]
    public async Task Worker_that_lost_its_lease_cannot_write()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        memory.Jobs.IsLeasedAsync(memory.Leased, Arg.Any<CancellationToken>()).Returns(false);

        var refused = await memory.ExtractAsync(Fact("I live in Bern", turn));

        refused.Error!.Code.Should().Be("memory.lease_lost");
        await ExpectNothingStoredAsync();
    }

    [Fact]
    public async Task Lease_is_checked_after_the_writes_and_before_the_commit()
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        IReadOnlyList<MemoryItem>? seenByOthers = null;
        memory.Jobs.IsLeasedAsync(memory.Leased, Arg.Any<CancellationToken>()).Returns(async _ =>
        {
            seenByOthers = await memory.ReadAsync(db => db.MemoryItems);

            return true;
        });

        await memory.ExtractAsync(Fact("I live in Bern", turn));

        seenByOthers.Should().BeEmpty();
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_after_an_interrupted_commit_takes_effect_once(bool reachesDatabase)
    {
        var turn = await memory.AddTurnAsync("I live in Bern.");
        var broken = new TimeoutException("The connection broke.");
        memory.Commits.Before = reachesDatabase ? null : broken;
        memory.Commits.After = reachesDatabase ? broken : null;
        await memory.Awaiting(database => database.ExtractAsync(Fact("I live in Bern", turn))).Should().ThrowAsync<TimeoutException>();
        (memory.Commits.Before, memory.Commits.After) = (null, null);

        var retry = await memory.ExtractAsync(Fact("I live in Bern", turn));

        retry.Error.Should().BeNull();
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle();
        (await memory.ReadAsync(db => db.ConversationSummaries)).Should().ContainSingle().Which.MessageCount.Should().Be(1);
    }

    [Fact]
    public async Task Fact_forgotten_during_extraction_does_not_return_in_the_summary()
    {
        var first = await memory.AddTurnAsync("My dog is called Reksio.");
        await memory.ExtractAsync(Fact("My dog is called Reksio", first));
        await memory.AddTurnAsync("What is my dog called?", response: "Reksio.");
        memory.Extractor.Next = _ => new ExtractionResult("Their dog is called Reksio.", []);
        var item = await memory.FindAsync("My dog is called Reksio");
        memory.Extractor.OnExtracting = () => memory.ForgetAsync(item.Id);

        var refused = await memory.ExtractAsync();

        refused.Error!.Code.Should().Be("memory.overtaken");
        (await memory.ReadAsync(db => db.ConversationSummaries)).Single().Summary.Should().NotContain("Reksio");
    }

    [Fact]
    public async Task Same_fact_from_two_concurrent_conversations_is_stored_once()
    {
        await memory.AddTurnAsync("I live in Bern.");
        var first = memory.Leased;
        await memory.StartConversationAsync();
        await memory.AddTurnAsync("I live in Bern.");
        var second = memory.Leased;
        memory.Extractor.Next = input => new ExtractionResult("Bern.", [new MemoryCandidate(MemoryKind.Fact, "I live in Bern", new Salience(0.5f), input.Turns[0].Id)]);
        var other = Task.FromResult<Result<bool>>(false);
        memory.Jobs.IsLeasedAsync(first, Arg.Any<CancellationToken>()).Returns(async _ =>
        {
            other = Task.Run(() => memory.ExtractAsync(second));
            await memory.WaitForBlockedLockAsync();

            return true;
        });

        var one = await memory.ExtractAsync(first);

        (one.Error, (await other).Error).Should().Be((null, null));
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle();
    }

    private async Task ExpectNothingStoredAsync()
    {
        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.ConversationSummaries)).Should().BeEmpty();
        (await memory.ReadAsync(db => db.Turns)).Should().OnlyContain(turn => turn.RememberedAt == null);
    }

    private static MemoryCandidate Fact(string content, Turn turn) => new(MemoryKind.Fact, content, new Salience(0.5f), turn.Id);
}
