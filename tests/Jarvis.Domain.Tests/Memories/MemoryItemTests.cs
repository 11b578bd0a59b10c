using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Memories;

public sealed class MemoryItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = new byte[32];

    [Fact]
    public void What_is_learned_holds_from_when_it_was_said_and_leads_back_to_it()
    {
        var turn = Said(Now.AddDays(-3));

        var item = Learned(turn, "Lives in Bern");

        item.ValidFrom.Should().Be(Now.AddDays(-3));
        item.CreatedAt.Should().Be(Now);
        item.ValidTo.Should().BeNull();
        (item.SourceTurnId, item.ConversationId, item.UserId).Should().Be((turn.Id, turn.ConversationId, turn.UserId));
    }

    [Fact]
    public void What_is_contradicted_ends_when_the_other_was_said_and_stays_as_history()
    {
        var old = Learned(Said(Now.AddDays(-3)), "Lives in Bern");
        var newer = Learned(Said(Now.AddDays(-1)), "Lives in Perth");

        old.SupersedeBy(newer);

        old.ValidTo.Should().Be(Now.AddDays(-1));
        old.SupersededBy.Should().Be(newer.Id);
        old.Content.Should().Be("Lives in Bern");
    }

    [Fact]
    public void Forgetting_leaves_the_hash_and_not_the_words()
    {
        var item = Learned(Said(Now), "Lives in Bern");

        var tombstone = item.Forget(Now.AddHours(1));

        tombstone.ContentHash.Should().Be(item.ContentHash);
        tombstone.UserId.Should().Be(item.UserId);
        tombstone.CreatedAt.Should().Be(Now.AddHours(1));
        typeof(Tombstone).GetProperties().Should().NotContain(property => property.PropertyType == typeof(string));
    }

    [Fact]
    public void A_summary_counts_the_turns_it_took_in_and_marks_them()
    {
        var conversation = Conversation.Begin(UserId.New(Now), Platform.Web, "Hello", Now);
        var turns = new[] { conversation.Ask("one", Now), conversation.Ask("two", Now.AddMinutes(1)) };
        var summary = ConversationSummary.Of(conversation.Id, conversation.UserId, Now);

        summary.Advance("Greetings.", [turns[1], turns[0]], Now.AddHours(1));

        (summary.Summary, summary.MessageCount, summary.LastTurnId).Should().Be(("Greetings.", 2, turns[1].Id));
        turns.Should().OnlyContain(turn => turn.RememberedAt == Now.AddHours(1));
    }

    private static Turn Said(DateTimeOffset at) => Conversation.Begin(UserId.New(at), Platform.Web, "I moved", at).Ask("I moved", at);

    private static MemoryItem Learned(Turn source, string content) =>
        MemoryItem.Learn(source, MemoryKind.Fact, content, new Salience(0.5f), ContentHash.Of(content, Key), Now);
}
