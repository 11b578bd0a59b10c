using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Jarvis.Web.Tests.Chat;

/// <summary>The answer is completed and stored, however a client reads its stream.</summary>
public sealed class StreamReaderTests(ModelHostFixture fixture) : ModelTestBase(fixture)
{
    private static readonly string LongAnswer = string.Join(' ', Enumerable.Repeat("word", 2_000));

    [Fact]
    public async Task Answer_completes_after_the_client_disconnects_midway()
    {
        model.Answer = _ => "one two three four five";
        model.TokenDelay = TimeSpan.FromMilliseconds(100);
        var response = await person.StartStreamAsync("Count");
        await ReadUntilAsync(response, "event: delta");

        response.Dispose();

        var turn = await CompletedTurnAsync();
        turn.Text("response").Should().Be("one two three four five");
    }

    [Fact]
    public async Task Answer_completes_after_client_disconnects_before_the_first_token()
    {
        model.Answer = _ => "one two three";
        model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromMilliseconds(500)));
        using var disconnect = new CancellationTokenSource();
        var call = person.Http.SendAsync(person.Request(HttpMethod.Post, "/chat/ask", new { prompt = "Count" }), disconnect.Token);
        await model.WaitForAsync();

        await disconnect.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        (await CompletedTurnAsync()).Text("response").Should().Be("one two three");
    }

    [Fact]
    public async Task Client_that_never_reads_does_not_block_the_answer()
    {
        model.Answer = _ => LongAnswer;
        using var socket = new TcpClient { ReceiveBufferSize = 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, host.BaseAddress.Port);
        await socket.GetStream().WriteAsync(await RawRequestAsync("Talk"));

        var turn = await CompletedTurnAsync();

        turn.Text("response").Should().Be(LongAnswer);
    }

    [Fact]
    public async Task Slow_client_receives_the_whole_answer()
    {
        model.Answer = _ => LongAnswer;
        using var response = await person.StartStreamAsync("Talk");
        await using var body = await response.Content.ReadAsStreamAsync();
        await CompletedTurnAsync();

        var text = new StringBuilder();
        var buffer = new byte[997];
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            await Task.Yield();
        }

        var end = text.ToString().Split("event: done\ndata: ")[1];
        JsonSerializer.Deserialize<JsonElement>(end).Text("response").Should().Be(LongAnswer);
    }

    [Fact]
    public async Task Stopped_answer_keeps_its_partial_text()
    {
        model.Answer = _ => "one two three four five";
        model.AddFault(OpenAiFault.SilentAfter(2));
        using var response = await person.StartStreamAsync("Count");
        await ReadUntilAsync(response, "event: delta");
        var turn = (await person.TurnsAsync((await ConversationAsync()).Id())).Single();

        await person.SendAsync(HttpMethod.Post, $"/chat/turns/{turn.Id()}/stop");

        var stopped = await CompletedTurnAsync();
        stopped.Text("response").Should().NotBeEmpty();
        "one two three four five".Should().StartWith(stopped.Text("response").TrimEnd());
    }

    [Fact]
    public async Task Running_answer_finishes_before_the_host_stops()
    {
        model.Answer = _ => "one two three four five";
        model.TokenDelay = TimeSpan.FromMilliseconds(200);
        using var response = await person.StartStreamAsync("Count");
        await ReadUntilAsync(response, "event: delta");

        await host.RestartAsync();

        using var newSession = await JarvisClient.SignInAsync(host, person.Username);
        var conversation = (await newSession.GetAsync("/chat/conversations")).Items().Single();
        (await newSession.TurnsAsync(conversation.Id())).Single().Text("response").Should().Be("one two three four five");
    }

    private async Task<JsonElement> ConversationAsync() => (await person.GetAsync("/chat/conversations")).Items().Single();

    private async Task<JsonElement> CompletedTurnAsync() => await JarvisClient.UntilAsync(
        async () => (await person.GetAsync("/chat/conversations")).Items() is [var conversation] ? (await person.TurnsAsync(conversation.Id())).Single() : default,
        turn => turn.ValueKind == JsonValueKind.Object && turn.Text("status") == "completed");

    private static async Task ReadUntilAsync(HttpResponseMessage response, string expected)
    {
        var body = await response.Content.ReadAsStreamAsync();
        var text = new StringBuilder();
        var buffer = new byte[64];
        while (!text.ToString().Contains(expected, StringComparison.Ordinal))
        {
            var read = await body.ReadAsync(buffer);
            read.Should().BePositive("the stream should continue to “{0}”, but ended with “{1}”", expected, text);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private async Task<byte[]> RawRequestAsync(string prompt)
    {
        using var program = await person.WithTokenAsync(host);
        var body = JsonSerializer.Serialize(new { prompt });

        return Encoding.ASCII.GetBytes(
            $"POST /chat/ask HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
            + $"Authorization: {program.Http.DefaultRequestHeaders.Authorization}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
