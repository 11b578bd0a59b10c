using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryItemsTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Memories_are_listed_pinned_first_then_newest()
    {
        var source = await jarvis.AskAsync();
        var pinned = await jarvis.LearnAsync(source, "Is allergic to nuts");
        await jarvis.LearnAsync(source, "Likes tea");
        await jarvis.LearnAsync(source, "Lives in Bern");
        await jarvis.SendAsync(new EditMemory(jarvis.UserId, pinned.Id, Content: null, Pinned: true));

        var page = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1));

        page.Items.Select(row => row.Content).Should().Equal("Is allergic to nuts", "Lives in Bern", "Likes tea");
        page.Items[0].Pinned.Should().BeTrue();
        page.Items[0].SourceTurnId.Should().Be(source.TurnId);
        page.Items[0].Salience.Should().Be(0.5f);
    }

    [Theory]
    [InlineData("łódź")]
    [InlineData("ŁÓDŹ")]
    [InlineData("Łódź mieszka")]
    public async Task Memory_search_ignores_case_including_Polish_letters(string words)
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Mieszka w mieście Łódź");
        await jarvis.LearnAsync(source, "Likes tea");

        var page = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Content.Should().Be("Mieszka w mieście Łódź");
    }

    [Theory]
    [InlineData("dogs", "Has a dog called Reksio")]
    [InlineData("DOG reksio", "Has a dog called Reksio")]
    [InlineData("gdansku", "Mieszka w mieście Gdańsk")]
    [InlineData("Reks", "Has a dog called Reksio")]
    public async Task Memory_search_matches_inflections_missing_accents_and_word_parts(string words, string found)
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Has a dog called Reksio");
        await jarvis.LearnAsync(source, "Mieszka w mieście Gdańsk");
        await jarvis.LearnAsync(source, "Likes tea");

        var page = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Content.Should().Be(found);
    }

    [Fact]
    public async Task Past_and_current_memories_are_listed_separately_and_linked()
    {
        var (bern, perth) = await AddSupersededAsync();
        var tea = await jarvis.LearnAsync(await jarvis.AskAsync(), "Likes tea");

        var past = (await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, Past: true))).Items;
        var current = (await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, Past: false))).Items;

        past.Should().ContainSingle().Which.Next!.Id.Should().Be(perth.Id);
        current.Select(row => row.Id).Should().Equal(tea.Id, perth.Id);
        current[1].Previous.Should().ContainSingle().Which.Id.Should().Be(bern.Id);
        current[0].Previous.Should().BeEmpty();
    }

    [Fact]
    public async Task History_contains_the_memory_its_predecessors_and_successors()
    {
        var (bern, perth) = await AddSupersededAsync();
        var rome = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Rome");
        await SupersedeAsync(perth, rome);
        await jarvis.LearnAsync(await jarvis.AskAsync(), "Likes tea");

        var history = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, History: bern.Id));
        var otherUsersHistory = await jarvis.SendAsync(new ListMemories(await jarvis.AddUserAsync(), Page: 1, History: bern.Id));

        history.Items.Select(row => row.Content).Should().Equal("Lives in Rome", "Lives in Perth", "Lives in Bern");
        otherUsersHistory.Items.Should().BeEmpty();
    }

    private async Task<(MemoryItem Bern, MemoryItem Perth)> AddSupersededAsync()
    {
        var bern = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        var perth = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Perth");
        await SupersedeAsync(bern, perth);

        return (bern, perth);
    }

    private Task<int> SupersedeAsync(MemoryItem old, MemoryItem newer) => jarvis.DbAsync(async db =>
    {
        (await db.MemoryItems.SingleAsync(row => row.Id == old.Id)).SupersedeBy(newer);

        return await db.SaveChangesAsync(CancellationToken.None);
    });

    [Fact]
    public async Task Memories_are_filtered_by_kind()
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Lives in Bern");
        await jarvis.LearnAsync(source, "Likes tea", MemoryKind.Preference);

        var page = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 1, Kind: MemoryKind.Preference));

        page.Items.Should().ContainSingle().Which.Content.Should().Be("Likes tea");
    }

    [Fact]
    public async Task Memories_are_paged()
    {
        var source = await jarvis.AskAsync();
        for (var number = 0; number <= Paging.DefaultSize; number++)
        {
            await jarvis.LearnAsync(source, $"Owns book {number}");
        }

        var second = await jarvis.SendAsync(new ListMemories(jarvis.UserId, Page: 2));

        second.Items.Should().ContainSingle().Which.Content.Should().Be("Owns book 0");
    }

    [Fact]
    public async Task Other_user_cannot_see_edit_or_forget_a_memory()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        var other = await jarvis.AddUserAsync();

        (await jarvis.SendAsync(new ListMemories(other, Page: 1))).Total.Should().Be(0);
        (await jarvis.SendAsync(new EditMemory(other, item.Id, "Lives in Perth", Pinned: true))).Error.Should().Be(MemoryErrors.NotFound);
        (await jarvis.SendAsync(new ForgetMemory(other, item.Id))).Error.Should().Be(MemoryErrors.NotFound);
        var stored = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (stored.Content, stored.Pinned).Should().Be(("Lives in Bern", false));
    }

    [Fact]
    public async Task Edit_replaces_content_and_hash_and_keeps_the_pin()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");
        await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, Content: null, Pinned: true));

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, " Lives in Perth ", Pinned: null));

        edited.Error.Should().BeNull();
        var row = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (row.Content, row.Pinned).Should().Be(("Lives in Perth", true));
        row.ContentHash.Should().NotBe(item.ContentHash);
    }

    [Fact]
    public async Task Edit_to_a_duplicate_is_rejected()
    {
        var source = await jarvis.AskAsync();
        await jarvis.LearnAsync(source, "Lives in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Perth");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, "lives in BERN!", Pinned: null));

        edited.Error.Should().Be(MemoryErrors.Duplicate);
    }

    [Fact]
    public async Task Edit_to_the_text_of_an_ended_memory_is_allowed()
    {
        var source = await jarvis.AskAsync();
        var old = await jarvis.LearnAsync(source, "Lives in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Perth");
        await jarvis.DbAsync(async db =>
        {
            (await db.MemoryItems.SingleAsync(row => row.Id == old.Id)).SupersedeBy(item);

            return await db.SaveChangesAsync(CancellationToken.None);
        });

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, "Lives in Bern", Pinned: null));

        edited.Error.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public async Task Edit_to_invalid_text_is_rejected(string content)
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, content, Pinned: null));

        edited.Error!.Fields["content"].Should().ContainSingle(error => error.Code == "memory.content_invalid");
    }

    [Theory]
    [InlineData(MemoryItem.ContentMaxLength, true)]
    [InlineData(MemoryItem.ContentMaxLength + 1, false)]
    public async Task Edit_is_limited_to_the_maximum_length(int length, bool fits)
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync(), "Lives in Bern");

        var edited = await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, new string('x', length), Pinned: null));

        (edited.Error is null).Should().Be(fits);
    }

    [Fact]
    public async Task Forgetting_leaves_a_tombstone_and_excludes_related_turns_from_recall()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Bern");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>())
            .Returns([new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start)]);
        var question = await jarvis.AskAsync("Where do I live?");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns([]);
        var unrelated = await jarvis.AskAsync("What is two and two?");

        var forgotten = await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, item.Id));

        forgotten.Error.Should().BeNull();
        (await jarvis.DbAsync(db => db.MemoryItems.AnyAsync())).Should().BeFalse();
        (await jarvis.DbAsync(db => db.Tombstones.SingleAsync())).ContentHash.Should().Be(item.ContentHash);
        (await jarvis.TurnAsync(source.TurnId)).Recallable.Should().BeFalse();
        (await jarvis.TurnAsync(question.TurnId)).Recallable.Should().BeFalse();
        (await jarvis.TurnAsync(unrelated.TurnId)).Recallable.Should().BeTrue();
    }

    [Fact]
    public async Task Forgetting_a_missing_item_returns_not_found()
    {
        var forgotten = await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, MemoryItemId.New(ApplicationFixture.Start)));

        forgotten.Error.Should().Be(MemoryErrors.NotFound);
    }
}
