using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryMergerTests : IAsyncLifetime
{
    private MemoryDatabase memory = null!;

    public async ValueTask InitializeAsync() => memory = await MemoryDatabase.CreateAsync();

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    [Theory]
    [InlineData("I live in Bern")]
    [InlineData("i live in BERN!")]
    public async Task Exact_duplicate_changes_nothing(string repetition)
    {
        await LearnAsync("I live in Bern");

        await LearnAsync(repetition);

        (await memory.FindAsync("I live in Bern")).Salience.Value.Should().Be(0.5f);
        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("I really like coffee", "I like coffee very")]
    [InlineData("Mieszkam w Gdańsku", "Mieszkam teraz w Gdansku")]
    [InlineData("Mieszkam w Gdansku", "Mieszkam teraz w Gdańsku")]
    [InlineData(
        "My old friend Tom lives near our school in Bern",
        "My old friend Tom lives near our school in Bern nowadays")]
    public async Task Near_duplicate_raises_salience(string content, string repetition)
    {
        await LearnAsync(content);

        await LearnAsync(repetition);

        var item = (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which;
        item.Content.Should().Be(content);
        item.Salience.Value.Should().BeApproximately(0.6f, 0.001f);
    }

    [Theory]
    [InlineData("I like red wine", "I like white wine")]
    [InlineData("I like coffee", "I do not like coffee")]
    [InlineData(
        "My long awaited appointment with the very friendly old dentist in the small street behind our school in Bern is on 12 May",
        "My long awaited appointment with the very friendly old dentist in the small street behind our school in Bern is on 13 May")]
    public async Task Similar_statement_with_different_meaning_is_a_new_memory(string content, string other)
    {
        await LearnAsync(content);

        await LearnAsync(other);

        (await memory.ReadAsync(db => db.MemoryItems)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Thousand_repetitions_create_one_memory()
    {
        string[] ways = ["I live in Bern", "i live in BERN!", "I currently live in Bern", "I really live in Bern now"];
        for (var round = 0; round < 50; round++)
        {
            var turn = await memory.AddTurnAsync("I live in Bern.");
            (await memory.ExtractAsync([.. Enumerable.Range(0, 20).Select(number => Fact(ways[(round + number) % ways.Length], turn))])).Error.Should().BeNull();
        }

        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.Salience.Value.Should().Be(1);
    }

    [Fact]
    public async Task Superseded_memory_is_found_among_many()
    {
        var bern = await LearnAsync("I live in Bern");
        foreach (var number in Enumerable.Range(1, 30))
        {
            await LearnAsync($"I have read book number {number}");
        }

        await LearnAsync("I moved to Perth", supersedes: bern.Id);

        (await memory.ReadAsync(db => db.MemoryItems.Where(item => item.ValidTo != null))).Should().ContainSingle().Which.Content.Should().Be("I live in Bern");
        (await memory.ReadAsync(db => db.MemoryItems)).Should().HaveCount(32);
    }

    [Fact]
    public async Task Superseded_memory_ends_and_stays_as_history()
    {
        var bern = await LearnAsync("I live in Bern");

        var perth = await LearnAsync("I moved to Perth", supersedes: bern.Id);

        bern = await memory.FindAsync("I live in Bern");
        (bern.ValidTo, bern.SupersededBy).Should().Be((perth.ValidFrom, perth.Id));
        perth.ValidTo.Should().BeNull();
    }

    [Fact]
    public async Task Later_candidate_supersedes_an_earlier_one_in_the_same_extraction()
    {
        var first = await memory.AddTurnAsync("I live in Bern.");
        var second = await memory.AddTurnAsync("I moved to Perth.");

        await memory.ExtractAsync(Fact("I live in Bern", first), Fact("I moved to Perth", second) with { SupersedesCandidate = 0 });

        (await memory.FindAsync("I live in Bern")).SupersededBy.Should().Be((await memory.FindAsync("I moved to Perth")).Id);
    }

    [Fact]
    public async Task Memory_superseded_by_an_extraction_is_not_revived_by_it()
    {
        var known = await LearnAsync("My favourite colour is green");
        var turn = await memory.AddTurnAsync("My favourite colour is blue.");

        var extracted = await memory.ExtractAsync(
            Fact("My favourite colour is blue", turn) with { Supersedes = known.Id }, Fact("My favourite colour is green", turn));

        extracted.Error.Should().BeNull();
        (await memory.FindAsync("My favourite colour is green")).ValidTo.Should().NotBeNull();
        (await memory.FindAsync("My favourite colour is blue")).ValidTo.Should().BeNull();
    }

    [Fact]
    public async Task Earlier_statement_does_not_supersede_a_later_one()
    {
        var early = await memory.AddTurnAsync("I live in Bern.", answered: false);
        var perth = await LearnAsync("I moved to Perth");
        await memory.WriteAsync(db => db.Turns.Single(row => row.Id == early.Id).Complete("I see.", "test", usedTokens: 1));

        await memory.ExtractAsync(Fact("I live in Bern", early) with { Supersedes = perth.Id });

        (await memory.FindAsync("I live in Bern")).SupersededBy.Should().Be(perth.Id);
        (await memory.FindAsync("I moved to Perth")).ValidTo.Should().BeNull();
    }

    [Fact]
    public async Task Superseded_memory_can_be_learned_again()
    {
        var bern = await LearnAsync("I live in Bern");
        var perth = await LearnAsync("I moved to Perth", supersedes: bern.Id);

        await LearnAsync("I live in Bern", supersedes: perth.Id);

        (await memory.ReadAsync(db => db.MemoryItems.Where(item => item.ValidTo == null))).Should().ContainSingle().Which.Content.Should().Be("I live in Bern");
    }

    [Fact]
    public async Task Forgotten_fact_is_not_extracted_again()
    {
        var item = await LearnAsync("My dog is called Reksio");
        await memory.ForgetAsync(item.Id);
        var turn = await memory.AddTurnAsync("my dog is called Reksio!");

        await memory.ExtractAsync(Fact("my dog is called Reksio!", turn));

        (await memory.ReadAsync(db => db.MemoryItems)).Should().BeEmpty();
    }

    [Fact]
    public async Task Candidate_superseding_a_forgotten_one_is_still_learned()
    {
        var item = await LearnAsync("I live in Bern");
        await memory.ForgetAsync(item.Id);
        var turn = await memory.AddTurnAsync("I live in Bern. I moved to Perth.");

        await memory.ExtractAsync(Fact("I live in Bern", turn), Fact("I moved to Perth", turn) with { SupersedesCandidate = 0 });

        (await memory.ReadAsync(db => db.MemoryItems)).Should().ContainSingle().Which.Content.Should().Be("I moved to Perth");
    }

    private async Task<MemoryItem> LearnAsync(string content, MemoryItemId? supersedes = null)
    {
        var turn = await memory.AddTurnAsync(content);
        (await memory.ExtractAsync(Fact(content, turn) with { Supersedes = supersedes })).Error.Should().BeNull();

        return (await memory.ReadAsync(db => db.MemoryItems)).OrderBy(item => item.Id.Value).Last();
    }

    private static MemoryCandidate Fact(string content, Turn turn) => new(MemoryKind.Fact, content, new Salience(0.5f), turn.Id);
}
