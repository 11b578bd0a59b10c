using System.Text;
using System.Text.Json;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryFileTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Export_is_imported_by_another_user_with_dates_pins_and_history()
    {
        var file = await ExportAsync(await HistoryAsync());
        var other = await jarvis.AddUserAsync();

        var imported = await jarvis.SendAsync(new ImportMemory(other, file));

        imported.Value.Should().Be(new ImportedMemory(Imported: 2, Known: 0, Forgotten: 0));
        var (bern, perth) = (await FindItemAsync(other, "Lives in Bern"), await FindItemAsync(other, "Lives in Perth"));
        var (oldBern, oldPerth) = (await FindItemAsync(jarvis.UserId, "Lives in Bern"), await FindItemAsync(jarvis.UserId, "Lives in Perth"));
        bern.SupersededBy.Should().Be(perth.Id);
        (bern.ValidFrom, bern.ValidTo, bern.CreatedAt, bern.Kind).Should().Be((oldBern.ValidFrom, oldBern.ValidTo, oldBern.CreatedAt, oldBern.Kind));
        (perth.Pinned, perth.Salience, perth.ValidFrom).Should().Be((true, oldPerth.Salience, oldPerth.ValidFrom));
        perth.SourceTurnId.Should().BeNull("the turns belong to another user");
        bern.ContentHash.Should().NotBe(oldBern.ContentHash, "each user has their own key");
    }

    [Fact]
    public async Task Second_import_of_the_same_file_changes_nothing()
    {
        var file = await ExportAsync(await HistoryAsync());
        var other = await jarvis.AddUserAsync();
        await jarvis.SendAsync(new ImportMemory(other, file));

        var secondImport = await jarvis.SendAsync(new ImportMemory(other, file));
        var ownImport = await jarvis.SendAsync(new ImportMemory(jarvis.UserId, file));

        secondImport.Value.Should().Be(new ImportedMemory(Imported: 0, Known: 2, Forgotten: 0));
        ownImport.Value.Should().Be(new ImportedMemory(Imported: 0, Known: 2, Forgotten: 0));
        (await jarvis.DbAsync(db => db.MemoryItems.CountAsync())).Should().Be(4);
    }

    [Fact]
    public async Task Import_does_not_revive_a_memory_that_has_ended_since()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var bern = await jarvis.LearnAsync(source, "Lives in Bern");
        var file = await ExportAsync(jarvis.UserId);
        var perth = await jarvis.LearnAsync(await jarvis.AskAsync("I moved to Perth"), "Lives in Perth");
        await SupersedeAsync(bern, perth);

        var imported = await jarvis.SendAsync(new ImportMemory(jarvis.UserId, file));

        imported.Value.Known.Should().Be(1);
        (await FindItemAsync(jarvis.UserId, "Lives in Bern")).ValidTo.Should().NotBeNull();
    }

    [Fact]
    public async Task Imported_lost_memory_is_linked_to_its_turn_again()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var bern = await jarvis.LearnAsync(source, "Lives in Bern");
        var file = await ExportAsync(jarvis.UserId);
        await jarvis.DbAsync(async db =>
        {
            db.MemoryItems.Remove(await db.MemoryItems.SingleAsync(item => item.Id == bern.Id));

            return await db.SaveChangesAsync(default);
        });

        await jarvis.SendAsync(new ImportMemory(jarvis.UserId, file));

        var restored = await FindItemAsync(jarvis.UserId, "Lives in Bern");
        (restored.SourceTurnId, restored.ConversationId).Should().Be((source.TurnId, source.ConversationId));
    }

    [Fact]
    public async Task Forgotten_memory_is_not_imported_and_is_counted()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync("I live in Bern"), "Lives in Bern");
        await jarvis.LearnAsync(await jarvis.AskAsync("I like tea"), "Likes tea");
        var file = await ExportAsync(jarvis.UserId);
        await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, item.Id));

        var imported = await jarvis.SendAsync(new ImportMemory(jarvis.UserId, file));

        imported.Value.Should().Be(new ImportedMemory(Imported: 0, Known: 1, Forgotten: 1));
        (await jarvis.DbAsync(db => db.MemoryItems.SingleAsync())).Content.Should().Be("Likes tea");
    }

    [Fact]
    public async Task Export_contains_the_hash_but_not_the_text_of_forgotten_memories()
    {
        var item = await jarvis.LearnAsync(await jarvis.AskAsync("My dog is called Reksio"), "Has a dog called Reksio");
        await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, item.Id));

        var text = await TextAsync(jarvis.UserId);

        text.Should().Contain(item.ContentHash.Value).And.NotContain("Reksio");
    }

    public static TheoryData<string, string, MemoryFile> InvalidFiles => new()
    {
        { "file", "memory.import_unknown", new MemoryFile(null, null, null) },
        { "file", "memory.import_unknown", new MemoryFile("jarvis-memory", 2, []) },
        { "items[0].content", "memory.content_invalid", Of(Item with { Content = " " }) },
        { "items[0].content", "memory.content_invalid", Of(Item with { Content = new string('x', MemoryItem.ContentMaxLength + 1) }) },
        { "items[0].content", "memory.content_invalid", Of(Item with { Content = "a\0b" }) },
        { "items[0].kind", "memory.import_kind", Of(Item with { Kind = null }) },
        { "items[0].salience", "memory.import_salience", Of(Item with { Salience = 1.1f }) },
        { "items[0].salience", "memory.import_salience", Of(Item with { Salience = float.NaN }) },
        { "items[0].validTo", "memory.import_dates", Of(Item with { ValidFrom = ApplicationFixture.Start, ValidTo = ApplicationFixture.Start.AddDays(-1) }) },
        { "items[0].validTo", "memory.import_dates", Of(Item with { CreatedAt = DateTimeOffset.MinValue }) },
        { "items[0].supersededBy", "memory.import_dates", Of(Item with { SupersededBy = Guid.NewGuid() }) },
        { "items[1].content", "memory.content_invalid", Of(Item, Item with { Content = null }) },
        { "items", "memory.import_too_large", Of([.. Enumerable.Repeat(Item, ImportMemory.MaxItems + 1)]) },
        { "items", "memory.import_circle", Of(
            Item with { Id = Guid.Parse("00000000-0000-0000-0000-000000000001"), SupersededBy = Guid.Parse("00000000-0000-0000-0000-000000000002"), ValidTo = ApplicationFixture.Start },
            Item with { Id = Guid.Parse("00000000-0000-0000-0000-000000000002"), SupersededBy = Guid.Parse("00000000-0000-0000-0000-000000000001"), ValidTo = ApplicationFixture.Start }) },
    };

    [Theory]
    [MemberData(nameof(InvalidFiles), DisableDiscoveryEnumeration = true)]
    public async Task Invalid_file_is_rejected_completely_and_names_the_field(string field, string code, MemoryFile file)
    {
        var imported = await jarvis.SendAsync(new ImportMemory(jarvis.UserId, file));

        imported.Error!.Fields[field].Should().Contain(error => error.Code == code);
        (await jarvis.DbAsync(db => db.MemoryItems.AnyAsync())).Should().BeFalse();
    }

    private static readonly MemoryFileItem Item = new(
        Id: null, MemoryKind.Fact, "Lives in Bern", Salience: null, Pinned: null, CreatedAt: null, EditedAt: null, ValidFrom: null, ValidTo: null, SupersededBy: null, TurnId: null);

    private static MemoryFile Of(params MemoryFileItem?[] items) => new("jarvis-memory", 1, items);

    private async Task<UserId> HistoryAsync()
    {
        var bern = await jarvis.LearnAsync(await jarvis.AskAsync("I live in Bern"), "Lives in Bern");
        var perth = await jarvis.LearnAsync(await jarvis.AskAsync("I moved to Perth"), "Lives in Perth");
        await SupersedeAsync(bern, perth);
        await jarvis.SendAsync(new EditMemory(jarvis.UserId, perth.Id, Content: null, Pinned: true));

        return jarvis.UserId;
    }

    private Task<int> SupersedeAsync(MemoryItem old, MemoryItem newer) => jarvis.DbAsync(async db =>
    {
        (await db.MemoryItems.SingleAsync(row => row.Id == old.Id)).SupersedeBy(newer);

        return await db.SaveChangesAsync(CancellationToken.None);
    });

    private Task<MemoryItem> FindItemAsync(UserId user, string content) =>
        jarvis.DbAsync(db => db.MemoryItems.AsNoTracking().SingleAsync(item => item.UserId == user && item.Content == content));

    // Serializes and parses the export, as a file would be.
    private async Task<MemoryFile> ExportAsync(UserId user)
    {
        var text = await TextAsync(user);

        return JsonSerializer.Deserialize<MemoryFile>(text)!;
    }

    // Reads while the requester's database is open, as a response is written.
    private Task<string> TextAsync(UserId user) => jarvis.DbAsync(async db =>
    {
        var export = await new ExportMemoryHandler(db, jarvis.Clock).Handle(new ExportMemory(user), CancellationToken.None);
        using var text = new MemoryStream();
        await JsonSerializer.SerializeAsync(text, export);

        return Encoding.UTF8.GetString(text.ToArray());
    });
}
