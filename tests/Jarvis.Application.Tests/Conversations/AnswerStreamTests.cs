using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AnswerStreamTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Result<GeneratedAnswer> Done = new GeneratedAnswer("", "scripted", 1);

    private readonly AnswerStream answer = new(
        Conversation.Start(UserId.New(Now), Platform.Web, "Hello", Now).Ask("Hello", Now),
        "scripted",
        memories: []);

    [Fact]
    public async Task Every_reader_receives_the_whole_answer()
    {
        var readers = Enumerable.Range(0, 50).Select(_ => Task.Run(ReadAllAsync)).ToList();

        var text = string.Concat(Enumerable.Range(0, 500).Select(number => $"{number} "));
        foreach (var chunk in text.Chunk(7))
        {
            answer.Append(new string(chunk));
            await Task.Yield();
        }

        answer.Finish(Done);

        (await Task.WhenAll(readers)).Should().OnlyContain(read => read == text);
    }

    [Fact]
    public async Task Late_reader_receives_the_whole_answer()
    {
        answer.Append("Good ");
        answer.Append("morning");
        answer.Finish(Done);

        (await ReadAllAsync()).Should().Be("Good morning");
    }

    [Fact]
    public async Task Slow_reader_does_not_block_writing_and_receives_the_rest_at_once()
    {
        answer.Append("Good ");
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        answer.Append("morn");
        answer.Append("ing");
        answer.Finish(Done);

        await reader.MoveNextAsync();

        reader.Current.Should().Be("morning");
        (await reader.MoveNextAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Reader_waits_for_text_not_yet_written()
    {
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        var next = reader.MoveNextAsync().AsTask();

        next.IsCompleted.Should().BeFalse();
        answer.Append("Hi");
        (await next).Should().BeTrue();
        reader.Current.Should().Be("Hi");
    }

    [Fact]
    public async Task Cancelled_reader_does_not_stop_the_answer()
    {
        using var disconnect = new CancellationTokenSource();
        await using var reader = answer.ReadAsync(disconnect.Token).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();

        await disconnect.CancelAsync();

        await next.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        answer.StopToken.IsCancellationRequested.Should().BeFalse();
        answer.Append("Hi");
        answer.Finish(Done);
        (await ReadAllAsync()).Should().Be("Hi");
    }

    [Fact]
    public async Task Reading_ends_when_the_answer_is_finished()
    {
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        var end = reader.MoveNextAsync().AsTask();

        answer.Finish(Done);

        (await end).Should().BeFalse();
        answer.Completion.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Split_surrogate_pair_is_read_as_one_character()
    {
        answer.Append("Hi \uD83C");
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        var first = reader.Current;
        answer.Append("\uDF89!");

        await reader.MoveNextAsync();

        (first, reader.Current).Should().Be(("Hi ", "🎉!"));
    }

    [Fact]
    public void Stopping_a_finished_answer_changes_nothing()
    {
        answer.Finish(Done);

        answer.Stop();
        answer.Stop();

        answer.Completion.IsCompletedSuccessfully.Should().BeTrue();
    }

    private async Task<string> ReadAllAsync()
    {
        var chunks = new List<string>();
        await foreach (var chunk in answer.ReadAsync(CancellationToken.None))
        {
            chunks.Add(chunk);
        }

        return string.Concat(chunks);
    }
}
