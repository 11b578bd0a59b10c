using System.Threading.Channels;
using Jarvis.Infrastructure.ChatModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Jarvis.Infrastructure.Tests.ChatModels;

public sealed class TimeLimitedChatClientTests : IDisposable
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NextToken = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new();
    private readonly Channel<ChatResponseUpdate> updates = Channel.CreateUnbounded<ChatResponseUpdate>();
    private readonly IChatClient inner = Substitute.For<IChatClient>();
    private readonly TimeLimitedChatClient limited;

    public TimeLimitedChatClientTests()
    {
        inner.GetStreamingResponseAsync(Arg.Any<IEnumerable<ChatMessage>>(), Arg.Any<ChatOptions?>(), Arg.Any<CancellationToken>())
            .Returns(call => updates.Reader.ReadAllAsync(call.Arg<CancellationToken>()));
        limited = new TimeLimitedChatClient(inner, FirstToken, NextToken, clock);
    }

    public void Dispose() => limited.Dispose();

    [Fact]
    public async Task Signs_of_life_before_the_first_word_keep_the_first_limit()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Say("");
        await stream.MoveNextAsync();

        var waiting = stream.MoveNextAsync().AsTask();
        clock.Advance(FirstToken - TimeSpan.FromSeconds(1));
        Say("word");

        (await waiting).Should().BeTrue();
    }

    [Fact]
    public async Task After_the_first_word_the_shorter_limit_holds()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Say("word");
        await stream.MoveNextAsync();

        var waiting = stream.MoveNextAsync().AsTask();
        clock.Advance(NextToken);

        (await waiting.Awaiting(task => task).Should().ThrowAsync<ModelSilenceException>()).Which.Limit.Should().Be(NextToken);
    }

    [Fact]
    public async Task A_slow_reader_is_no_silence()
    {
        await using var stream = limited.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Say("one");
        await stream.MoveNextAsync();

        clock.Advance(TimeSpan.FromHours(1));
        var next = stream.MoveNextAsync();
        Say("two");

        (await next).Should().BeTrue();
    }

    private void Say(string text) => updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, text));
}
