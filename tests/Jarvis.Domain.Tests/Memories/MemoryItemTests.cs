using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Memories;

public sealed class MemoryItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = new byte[32];

    [Fact]
    public void Learned_memory_is_valid_from_its_turn_and_links_to_it()
    {
        var turn = CreateTurn(Now.AddDays(-3));

        var item = Learned(turn, "Lives in Bern");

        item.ValidFrom.Should().Be(Now.AddDays(-3));
        item.CreatedAt.Should().Be(Now);
        item.ValidTo.Should().BeNull();
        (item.SourceTurnId, item.ConversationId, item.UserId).Should().Be((turn.Id, turn.ConversationId, turn.UserId));
    }

    [Fact]
    public void Superseded_memory_ends_with_its_successor_and_keeps_its_text()
    {
        var old = Learned(CreateTurn(Now.AddDays(-3)), "Lives in Bern");
        var newer = Learned(CreateTurn(Now.AddDays(-1)), "Lives in Perth");

        old.SupersedeBy(newer);

        old.ValidTo.Should().Be(Now.AddDays(-1));
        old.SupersededBy.Should().Be(newer.Id);
        old.Content.Should().Be("Lives in Bern");
    }

    [Fact]
    public void Tombstone_keeps_the_hash_and_not_the_text()
    {
        var item = Learned(CreateTurn(Now), "Lives in Bern");

        var tombstone = item.Forget(Now.AddHours(1));

        tombstone.ContentHash.Should().Be(item.ContentHash);
        tombstone.UserId.Should().Be(item.UserId);
        tombstone.CreatedAt.Should().Be(Now.AddHours(1));
        typeof(Tombstone).GetProperties().Should().NotContain(property => property.PropertyType == typeof(string));
    }

    [Fact]
    public void Summary_counts_and_marks_the_turns_it_covers()
    {
        var conversation = Conversation.Start(UserId.New(Now), Platform.Web, "Hello", Now);
        var turns = new[] { conversation.Ask("one", Now), conversation.Ask("two", Now.AddMinutes(1)) };
        var summary = ConversationSummary.Create(conversation.Id, conversation.UserId, Now);

        summary.Append("Greetings.", [turns[1], turns[0]], Now.AddHours(1));

        (summary.Summary, summary.MessageCount, summary.LastTurnId).Should().Be(("Greetings.", 2, turns[1].Id));
        turns.Should().OnlyContain(turn => turn.RememberedAt == Now.AddHours(1));
    }

    private static Turn CreateTurn(DateTimeOffset at) => Conversation.Start(UserId.New(at), Platform.Web, "I moved", at).Ask("I moved", at);

    private static MemoryItem Learned(Turn source, string content) =>
        MemoryItem.Learn(source, MemoryKind.Fact, content, new Salience(0.5f), ContentHash.Compute(content, Key), Now);
}
