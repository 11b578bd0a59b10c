using System.Threading.Channels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class StreamTimeoutChatClientTests : IDisposable
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NextToken = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new();
    private readonly Channel<ChatResponseUpdate> updates = Channel.CreateUnbounded<ChatResponseUpdate>();
    private readonly IChatClient inner = Substitute.For<IChatClient>();
    private readonly StreamTimeoutChatClient limited;

    public StreamTimeoutChatClientTests()
    {
        inner.GetStreamingResponseAsync(Arg.Any<IEnumerable<ChatMessage>>(), Arg.Any<ChatOptions?>(), Arg.Any<CancellationToken>())
            .Returns(call => updates.Reader.ReadAllAsync(call.Arg<CancellationToken>()));
        limited = new StreamTimeoutChatClient(inner, FirstToken, NextToken, clock);
    }

    public void Dispose() => limited.Dispose();

    [Fact]
    public async Task Empty_update_keeps_the_first_token_timeout()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Emit("");
        await stream.MoveNextAsync();

        var waiting = stream.MoveNextAsync().AsTask();
        clock.Advance(FirstToken - TimeSpan.FromSeconds(1));
        Emit("word");

        (await waiting).Should().BeTrue();
    }

    [Fact]
    public async Task Idle_timeout_applies_after_the_first_token()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Emit("word");
        await stream.MoveNextAsync();

        var waiting = stream.MoveNextAsync().AsTask();
        clock.Advance(NextToken);

        (await waiting.Awaiting(task => task).Should().ThrowAsync<ModelTimeoutException>()).Which.Limit.Should().Be(NextToken);
    }

    [Fact]
    public async Task Slow_reader_does_not_cause_a_timeout()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Emit("one");
        await stream.MoveNextAsync();

        clock.Advance(TimeSpan.FromHours(1));
        var next = stream.MoveNextAsync();
        Emit("two");

        (await next).Should().BeTrue();
    }

    private void Emit(string text) => updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, text));
}
