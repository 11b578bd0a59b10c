using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Memories;

public sealed class MemoryItemsTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Pinned_ones_come_first_then_the_newest()
    {
        var source = await jarvis.AskAsync();
        var pinned = await jarvis.LearnAsync(source, "Is allergic to nuts");
        await jarvis.LearnAsync(source, "Likes tea");
        await jarvis.LearnAsync(source, "Lives in Bern");
        await jarvis.SendAsync(new EditMemory(jarvis.Person, pinned.Id, Content: null, Pinned: true));

        var page = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1));

        page.Items.Select(row => row.Content).Should().Equal("Is allergic to nuts", "Lives in Bern", "Likes tea");
        page.Items[0].Pinned.Should().BeTrue();
        page.Items[0].SourceTurnId.Should().Be(source.TurnId);
        page.Items[0].Salience.Should().Be(0.5f);
    }

    [Theory]
    [InlineData("łódź")]
    [InlineData("ŁÓDŹ")]
    [InlineData("Łódź mieszka")]
    public async Task They_are_searched_by_words_in_any_case_also_of_Polish_letters(string words)
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Mieszka w mieście Łódź");
        await jarvis.LearnAsync(source, "Likes tea");

        var page = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Content.Should().Be("Mieszka w mieście Łódź");
    }

    [Theory]
    [InlineData("dogs", "Has a dog called Reksio")]
    [InlineData("DOG reksio", "Has a dog called Reksio")]
    [InlineData("gdansku", "Mieszka w mieście Gdańsk")]
    [InlineData("Reks", "Has a dog called Reksio")]
    public async Task They_are_found_by_words_in_other_forms_without_accents_and_by_parts_of_words(string words, string found)
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Has a dog called Reksio");
        await jarvis.LearnAsync(source, "Mieszka w mieście Gdańsk");
        await jarvis.LearnAsync(source, "Likes tea");

        var page = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Content.Should().Be(found);
    }

    [Fact]
    public async Task What_has_ended_is_listed_apart_with_what_took_its_place_and_the_other_way_round()
    {
        var (bern, perth) = await MovedAsync();
        var tea = await jarvis.LearnAsync(await jarvis.AskAsync(), "Likes tea");

        var past = (await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, Past: true))).Items;
        var current = (await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, Past: false))).Items;

        past.Should().ContainSingle().Which.Next!.Id.Should().Be(perth.Id);
        current.Select(row => row.Id).Should().Equal(tea.Id, perth.Id);
        current[1].Earlier.Should().ContainSingle().Which.Id.Should().Be(bern.Id);
        current[0].Earlier.Should().BeEmpty();
    }

    [Fact]
    public async Task The_history_of_a_memory_is_itself_and_all_before_and_after_it()
    {
        var (bern, perth) = await MovedAsync();
        var rome = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Rome");
        await EndAsync(perth, rome);
        await jarvis.LearnAsync(await jarvis.AskAsync(), "Likes tea");

        var history = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, History: bern.Id));
        var anothers = await jarvis.SendAsync(new ListMemories(await jarvis.AddPersonAsync(), Page: 1, History: bern.Id));

        history.Items.Select(row => row.Content).Should().Equal("Lives in Rome", "Lives in Perth", "Lives in Bern");
        anothers.Items.Should().BeEmpty();
    }

    private async Task<(MemoryItem Bern, MemoryItem Perth)> MovedAsync()
    {
        var bern = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        var perth = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Perth");
        await EndAsync(bern, perth);

        return (bern, perth);
    }

    private Task<int> EndAsync(MemoryItem old, MemoryItem newer) => jarvis.DbAsync(async db =>
    {
        (await db.MemoryItems.SingleAsync(row => row.Id == old.Id)).SupersedeBy(newer);

        return await db.SaveChangesAsync(CancellationToken.None);
    });

    [Fact]
    public async Task They_are_listed_by_kind()
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Lives in Bern");
        await jarvis.LearnAsync(source, "Likes tea", MemoryKind.Preference);

        var page = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 1, Kind: MemoryKind.Preference));

        page.Items.Should().ContainSingle().Which.Content.Should().Be("Likes tea");
    }

    [Fact]
    public async Task They_come_in_pages()
    {
        var source = await jarvis.AskAsync();
        for (var number = 0; number <= Paging.DefaultSize; number++)
        {
            await jarvis.LearnAsync(source, $"Owns book {number}");
        }

        var second = await jarvis.SendAsync(new ListMemories(jarvis.Person, Page: 2));

        second.Items.Should().ContainSingle().Which.Content.Should().Be("Owns book 0");
    }

    [Fact]
    public async Task Nobody_sees_edits_or_forgets_anothers()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        var other = await jarvis.AddPersonAsync();

        (await jarvis.SendAsync(new ListMemories(other, Page: 1))).Total.Should().Be(0);
        (await jarvis.SendAsync(new EditMemory(other, item.Id, "Lives in Perth", Pinned: true))).Error.Should().Be(MemoryErrors.NotFound);
        (await jarvis.SendAsync(new ForgetMemory(other, item.Id))).Error.Should().Be(MemoryErrors.NotFound);
        var kept = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (kept.Content, kept.Pinned).Should().Be(("Lives in Bern", false));
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_was_wrong()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, Content: null, Pinned: true));

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, " Lives in Perth ", Pinned: null));

        edited.Error.Should().BeNull();
        var row = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (row.Content, row.Pinned).Should().Be(("Lives in Perth", true));
        row.ContentHash.Should().NotBe(item.ContentHash);
    }

    [Fact]
    public async Task Two_memories_never_say_the_same()
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Lives in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Perth");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, "lives in BERN!", Pinned: null));

        edited.Error.Should().Be(MemoryErrors.Duplicate);
    }

    [Fact]
    public async Task What_held_once_may_hold_again()
    {
        var source = await jarvis.AskAsync();
        var old = await jarvis.LearnAsync(source, "Lives in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Perth");
        await jarvis.DbAsync(async db =>
        {
            (await db.MemoryItems.SingleAsync(row => row.Id == old.Id)).SupersedeBy(item);

            return await db.SaveChangesAsync(CancellationToken.None);
        });

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, "Lives in Bern", Pinned: null));

        edited.Error.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public async Task A_memory_is_text(string content)
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, content, Pinned: null));

        edited.Error!.Fields["content"].Should().ContainSingle(error => error.Code == "memory.content_invalid");
    }

    [Theory]
    [InlineData(MemoryItem.ContentMaxLength, true)]
    [InlineData(MemoryItem.ContentMaxLength + 1, false)]
    public async Task A_memory_is_as_long_as_its_limit_says(int length, bool fits)
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, new string('x', length), Pinned: null));

        (edited.Error is null).Should().Be(fits);
    }

    [Fact]
    public async Task What_is_forgotten_leaves_a_tombstone_and_is_quoted_from_no_turn()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Bern");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>())
            .Returns([new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start)]);
        var given = await jarvis.AskAsync("Where do I live?");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns([]);
        var unrelated = await jarvis.AskAsync("What is two and two?");

        var forgotten = await jarvis.SendAsync(new ForgetMemory(jarvis.Person, item.Id));

        forgotten.Error.Should().BeNull();
        (await jarvis.DbAsync(db => db.MemoryItems.AnyAsync())).Should().BeFalse();
        (await jarvis.DbAsync(db => db.Tombstones.SingleAsync())).ContentHash.Should().Be(item.ContentHash);
        (await jarvis.TurnAsync(source.TurnId)).Recallable.Should().BeFalse();
        (await jarvis.TurnAsync(given.TurnId)).Recallable.Should().BeFalse();
        (await jarvis.TurnAsync(unrelated.TurnId)).Recallable.Should().BeTrue();
    }

    [Fact]
    public async Task Forgetting_what_is_gone_finds_nothing()
    {
        var forgotten = await jarvis.SendAsync(new ForgetMemory(jarvis.Person, MemoryItemId.New(UseCases.Start)));

        forgotten.Error.Should().Be(MemoryErrors.NotFound);
    }
}
