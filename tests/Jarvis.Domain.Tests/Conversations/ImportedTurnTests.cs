using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Tests.Conversations;

public sealed class ImportedTurnTests
{
    private static readonly DateTimeOffset At = new(2024, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly Conversation conversation = Conversation.Import(new UserId(Guid.NewGuid()), "c1", title: null, "What about dogs?", At);

    [Fact]
    public void Imported_turns_keep_the_file_order_regardless_of_their_times()
    {
        TurnId? before = null;
        var ids = new List<TurnId>();
        foreach (var seconds in new[] { 0, 0, 0, 60, 30, -3_600, 61 })
        {
            for (var i = 0; i < 100; i++)
            {
                var turn = conversation.Import($"t{ids.Count}", "Hello", "Hi", At.AddSeconds(seconds), before);
                before = turn.Id;
                ids.Add(turn.Id);
            }
        }

        ids.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Imported_turn_is_completed_at_its_original_time()
    {
        var first = conversation.Import("t1", "Hello", "Hi", At, after: null);
        var later = conversation.Import("t2", "Hello", "Hi", At.AddDays(1), first.Id);

        later.Timestamp.Should().Be(At.AddDays(1));
        later.Id.ToString()[..13].Should().Be(TurnId.New(At.AddDays(1)).ToString()[..13]);
        later.Status.Should().Be(TurnStatus.Completed);
        later.Recallable.Should().BeTrue();
    }

    [Fact]
    public void Imported_conversation_is_updated_at_its_latest_turn()
    {
        conversation.Import("t1", "Hello", "Hi", At.AddDays(2), after: null);
        conversation.Import("t2", "Hello", "Hi", At.AddDays(1), after: null);

        conversation.UpdatedAt.Should().Be(At.AddDays(2));
        conversation.CreatedAt.Should().Be(At);
        conversation.Platform.Should().Be(Platform.Import);
        conversation.Title.Should().Be("What about dogs?");
    }
}
