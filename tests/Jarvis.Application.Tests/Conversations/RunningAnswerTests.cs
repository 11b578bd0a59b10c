using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

public sealed class RunningAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Result<CompletedAnswer> Done = new CompletedAnswer("", "scripted", 1);

    private readonly RunningAnswer answer = new(
        Conversation.Begin(UserId.New(Now), Platform.Web, "Hello", Now).Ask("Hello", Now),
        "scripted",
        memories: []);

    [Fact]
    public async Task Everyone_who_reads_gets_all_of_it()
    {
        var readers = Enumerable.Range(0, 50).Select(_ => Task.Run(ReadAllAsync)).ToList();

        var said = string.Concat(Enumerable.Range(0, 500).Select(number => $"{number} "));
        foreach (var piece in said.Chunk(7))
        {
            answer.Append(new string(piece));
            await Task.Yield();
        }

        answer.Finish(Done);

        (await Task.WhenAll(readers)).Should().OnlyContain(read => read == said);
    }

    [Fact]
    public async Task A_reader_who_comes_late_gets_all_of_it()
    {
        answer.Append("Good ");
        answer.Append("morning");
        answer.Finish(Done);

        (await ReadAllAsync()).Should().Be("Good morning");
    }

    [Fact]
    public async Task A_slow_reader_holds_nobody_up_and_takes_the_rest_in_one_piece()
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
    public async Task A_reader_waits_for_what_has_not_been_said()
    {
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        var next = reader.MoveNextAsync().AsTask();

        next.IsCompleted.Should().BeFalse();
        answer.Append("Hi");
        (await next).Should().BeTrue();
        reader.Current.Should().Be("Hi");
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_nothing_but_the_reading()
    {
        using var gone = new CancellationTokenSource();
        await using var reader = answer.ReadAsync(gone.Token).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();

        await gone.CancelAsync();

        await next.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        answer.Stopping.IsCancellationRequested.Should().BeFalse();
        answer.Append("Hi");
        answer.Finish(Done);
        (await ReadAllAsync()).Should().Be("Hi");
    }

    [Fact]
    public async Task Reading_ends_only_when_the_answer_is_stored()
    {
        await using var reader = answer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        var end = reader.MoveNextAsync().AsTask();

        answer.Finish(Done);

        (await end).Should().BeFalse();
        answer.Completion.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task A_character_that_comes_in_two_halves_is_read_whole()
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
    public void Stopping_what_is_done_changes_nothing()
    {
        answer.Finish(Done);

        answer.Stop();
        answer.Stop();

        answer.Completion.IsCompletedSuccessfully.Should().BeTrue();
    }

    private async Task<string> ReadAllAsync()
    {
        var pieces = new List<string>();
        await foreach (var piece in answer.ReadAsync(CancellationToken.None))
        {
            pieces.Add(piece);
        }

        return string.Concat(pieces);
    }
}
