using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class RetryingChatModelTests
{
    private static readonly Error Transient = new(ErrorKind.UpstreamFailed, "model.failed", $"It may pass.");

    private readonly IChatModel inner = Substitute.For<IChatModel>();

    [Fact]
    public async Task Call_is_not_retried_after_the_first_text()
    {
        Answers(new ModelEvent.Text("One"), new ModelEvent.Failed(Transient));

        var steps = await AskAsync();

        steps.Should().Equal(new ModelEvent.Text("One"), new ModelEvent.Failed(Transient));
        inner.ReceivedCalls().Should().ContainSingle();
    }

    [Fact]
    public async Task Last_error_is_returned_after_all_retries()
    {
        Answers(new ModelEvent.Failed(Transient));

        var steps = await AskAsync();

        steps.Should().Equal(new ModelEvent.Failed(Transient));
        inner.ReceivedCalls().Should().HaveCount(2);
    }

    private void Answers(params ModelEvent[] steps) =>
        inner.StreamAsync(Arg.Any<ModelRequest>(), Arg.Any<CancellationToken>()).Returns(_ => steps.ToAsyncEnumerable());

    private ValueTask<List<ModelEvent>> AskAsync() =>
        new RetryingChatModel(inner, retries: 1, TimeProvider.System).StreamAsync(ChatModelFixture.Request("Hello"), CancellationToken.None).ToListAsync();
}
