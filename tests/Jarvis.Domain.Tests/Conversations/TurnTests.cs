using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Tests.Conversations;

public sealed class TurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Error Refusal = new(ErrorKind.Unavailable, "test.unavailable", $"The model is unavailable.");

    private static readonly Dictionary<string, Action<Turn>> Transitions = new()
    {
        ["complete"] = turn => turn.Complete("Hi", "model", usedTokens: 3),
        ["fail"] = turn => turn.Fail(Refusal),
        ["retry"] = turn => turn.Retry(),
    };

    [Fact]
    public void New_turn_is_pending_with_only_its_prompt()
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
    public void Answer_completes_the_turn()
    {
        var turn = Asked();

        turn.Complete("Hi", "gpt", usedTokens: 12);

        turn.Status.Should().Be(TurnStatus.Completed);
        (turn.Response, turn.Model, turn.UsedTokens).Should().Be(("Hi", "gpt", 12));
    }

    [Fact]
    public void Failed_turn_has_its_reason()
    {
        var turn = Asked();

        turn.Fail(Refusal);

        turn.Status.Should().Be(TurnStatus.Failed);
        (turn.Failure.Code, turn.Failure.Message).Should().Be(("test.unavailable", "The model is unavailable."));
    }

    [Fact]
    public void Retry_clears_the_failure()
    {
        var turn = Asked();
        turn.Fail(Refusal);

        turn.Retry();

        turn.Status.Should().Be(TurnStatus.Pending);
        (turn.Failure.Code, turn.Failure.Message).Should().Be((null, null));
    }

    [Theory]
    [InlineData("complete", "complete")]
    [InlineData("complete", "fail")]
    [InlineData("complete", "retry")]
    [InlineData("fail", "complete")]
    [InlineData("fail", "fail")]
    [InlineData(null, "retry")]
    public void Invalid_status_transition_throws(string? first, string second)
    {
        var turn = Asked();
        if (first is not null)
        {
            Transitions[first](turn);
        }

        var act = () => Transitions[second](turn);

        act.Should().Throw<InvalidOperationException>().WithMessage($"*{turn.Id}*");
    }

    [Fact]
    public void Recorded_memories_replace_earlier_ones()
    {
        var turn = Asked();
        var item = MemoryItemId.New(Now);
        turn.RecordMemories(MemoryUsage.Used, [MemoryCitation.At(0, item: null, source: null), MemoryCitation.At(1, item: null, source: null)]);

        turn.RecordMemories(MemoryUsage.Used, [MemoryCitation.At(0, item, turn.Id)]);

        turn.Memories.Should().ContainSingle().Which.MemoryItemId.Should().Be(item);
    }

    private static Turn Asked() => Conversation.Start(UserId.New(Now), Platform.Web, "Hello", Now).Ask("Hello", Now);
}
