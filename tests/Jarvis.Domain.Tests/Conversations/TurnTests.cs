using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Conversations;

public sealed class TurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Error Refusal = new(ErrorKind.Unavailable, "test.away", $"The model is away.");

    private static readonly Dictionary<string, Action<Turn>> Deeds = new()
    {
        ["complete"] = turn => turn.Complete("Hi", "model", usedTokens: 3),
        ["fail"] = turn => turn.Fail(Refusal),
        ["retry"] = turn => turn.Retry(),
    };

    [Fact]
    public void A_turn_begins_pending_with_nothing_but_its_prompt()
    {
        var turn = Asked();

        turn.Status.Should().Be(TurnStatus.Pending);
        turn.Prompt.Should().Be("Hello");
        turn.Response.Should().BeNull();
        turn.RememberedAt.Should().BeNull();
        turn.Recallable.Should().BeTrue();
        turn.Timestamp.Should().Be(Now);
    }

    [Fact]
    public void An_answer_completes_it()
    {
        var turn = Asked();

        turn.Complete("Hi", "gpt", usedTokens: 12);

        turn.Status.Should().Be(TurnStatus.Completed);
        (turn.Response, turn.Model, turn.UsedTokens).Should().Be(("Hi", "gpt", 12));
    }

    [Fact]
    public void A_failure_says_why()
    {
        var turn = Asked();

        turn.Fail(Refusal);

        turn.Status.Should().Be(TurnStatus.Failed);
        (turn.FailureCode, turn.FailureMessage).Should().Be(("test.away", "The model is away."));
    }

    [Fact]
    public void Trying_again_wipes_the_reason_away()
    {
        var turn = Asked();
        turn.Fail(Refusal);

        turn.Retry();

        turn.Status.Should().Be(TurnStatus.Pending);
        (turn.FailureCode, turn.FailureMessage).Should().Be((null, null));
    }

    [Theory]
    [InlineData("complete", "complete")]
    [InlineData("complete", "fail")]
    [InlineData("complete", "retry")]
    [InlineData("fail", "complete")]
    [InlineData("fail", "fail")]
    [InlineData(null, "retry")]
    public void What_is_decided_is_not_decided_otherwise(string? done, string deed)
    {
        var turn = Asked();
        if (done is not null)
        {
            Deeds[done](turn);
        }

        var doing = () => Deeds[deed](turn);

        doing.Should().Throw<InvalidOperationException>().WithMessage($"*{turn.Id}*");
    }

    [Fact]
    public void What_memory_gives_replaces_what_it_gave_before()
    {
        var turn = Asked();
        var item = MemoryItemId.New(Now);
        turn.Give(Recall.Asked, [RecalledMemory.At(0, item: null, source: null), RecalledMemory.At(1, item: null, source: null)]);

        turn.Give(Recall.Asked, [RecalledMemory.At(0, item, turn.Id)]);

        turn.Memories.Should().ContainSingle().Which.MemoryItemId.Should().Be(item);
    }

    private static Turn Asked() => Conversation.Begin(UserId.New(Now), Platform.Web, "Hello", Now).Ask("Hello", Now);
}
