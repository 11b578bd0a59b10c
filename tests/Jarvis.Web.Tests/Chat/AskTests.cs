using System.Net;
using System.Text;
using System.Text.Json;

namespace Jarvis.Web.Tests.Chat;

public sealed class AskTests(ModelHostFixture fixture) : ModelTestBase(fixture, "Hello **there**, this is an answer.")
{
    [Fact]
    public async Task Answer_has_the_properties_of_the_API_contract()
    {
        var answer = await person.AskAsync("Hi");

        answer.EnumerateObject().Select(property => property.Name).Should()
            .BeEquivalentTo("conversationId", "turnId", "response", "responseHtml", "model", "usedTokens", "recall", "memories");
        answer.Text("response").Should().Be("Hello **there**, this is an answer.");
        answer.Text("responseHtml").Should().Contain("<strong>there</strong>");
        answer.Text("model").Should().Be("stand-in");
        answer.GetProperty("usedTokens").GetInt32().Should().BePositive();
    }

    [Fact]
    public async Task Stream_sends_start_and_text_and_ends_with_the_JSON_answer()
    {
        var events = await person.StreamAsync("Hi");

        events.Select(item => item.Event).Distinct().Should().Equal("start", "delta", "done");
        events[0].Data.EnumerateObject().Select(property => property.Name).Should()
            .BeEquivalentTo("conversationId", "turnId", "model", "recall", "memories");
        var final = events[^1].Data;
        string.Concat(events.Where(item => item.Event == "delta").Select(item => item.Data.Text("text"))).Should().Be(final.Text("response"));
        final.EnumerateObject().Select(property => property.Name).Should()
            .BeEquivalentTo("conversationId", "turnId", "response", "responseHtml", "model", "usedTokens", "recall", "memories");
        (await person.TurnsAsync(final.Id("conversationId"))).Single().Text("status").Should().Be("completed");
    }

    [Fact]
    public async Task Stream_sends_rendered_blocks_on_request()
    {
        var events = await person.StreamAsync("Hi", query: "?render=blocks");

        events.Last(item => item.Event == "block").Data.Text("html").Should().Contain("<strong>there</strong>");
    }

    [Fact]
    public async Task Prompt_is_stored_before_the_model_is_called()
    {
        model.AddFault(OpenAiFault.Silence);
        var call = person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Keep this" });
        await model.WaitForAsync();

        var conversation = (await person.GetAsync("/chat/conversations")).Items().Single();

        var turn = (await person.TurnsAsync(conversation.Id())).Single();
        turn.Text("prompt").Should().Be("Keep this");
        turn.Text("status").Should().Be("pending");
        await person.SendAsync(HttpMethod.Post, $"/chat/turns/{turn.Id()}/stop");
        (await call).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Follow_up_prompt_includes_the_earlier_turns()
    {
        var first = await person.AskAsync("My favourite number is 42");

        var second = await person.AskAsync("And now?", first.Id("conversationId"));

        second.Id("conversationId").Should().Be(first.Id("conversationId"));
        model.Chats[^1].Messages.Select(message => message.Text).Should()
            .ContainInOrder("My favourite number is 42", "Hello **there**, this is an answer.", "And now?");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    public async Task Empty_prompt_is_rejected(string prompt) => await ExpectRejectedAsync(new { prompt }, 422, "chat.prompt_empty");

    [Fact]
    public async Task Missing_prompt_is_rejected() => await ExpectRejectedAsync(new { }, 422, "chat.prompt_empty");

    [Fact]
    public async Task Prompt_of_100000_characters_is_rejected_as_too_long() =>
        await ExpectRejectedAsync(new { prompt = new string('x', 100_000) }, 422, "chat.prompt_too_long");

    [Fact]
    public async Task Longest_allowed_prompt_of_emoji_is_answered_and_stored()
    {
        var prompt = string.Concat(Enumerable.Repeat("😀", 16_000));

        var answer = await person.AskAsync(prompt);

        (await person.TurnsAsync(answer.Id("conversationId"))).Single().Text("prompt").Should().Be(prompt);
    }

    [Fact]
    public async Task NUL_character_is_rejected() => await ExpectRejectedAsync(new { prompt = "before\0after" }, 422, "chat.prompt_invalid_text");

    [Fact]
    public async Task Unknown_conversation_is_not_found() =>
        await ExpectRejectedAsync(new { prompt = "Hi", conversationId = Guid.NewGuid() }, 404, "chat.conversation_not_found");

    [Theory]
    [InlineData("{ not JSON")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"prompt\": 42}")]
    [InlineData("{\"prompt\": \"half \\ud800 of a pair\"}")]
    [InlineData("{\"prompt\": \"Hi\", \"conversationId\": \"no id\"}")]
    public async Task Malformed_JSON_is_rejected_with_a_problem_document(string body) => await ExpectRejectedAsync(Encoding.UTF8.GetBytes(body), 422, "request.malformed");

    [Fact]
    public async Task Invalid_UTF_8_is_rejected_with_a_problem_document() =>
        await ExpectRejectedAsync([.. "{\"prompt\": \""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8], 422, "request.malformed");

    [Fact]
    public async Task Oversized_body_is_rejected()
    {
        var request = person.Request(HttpMethod.Post, "/chat/ask", new { prompt = new string('x', 2_000_000) });

        // The server may also close the connection before the client reads the error.
        request.Headers.ExpectContinue = true;

        using var response = await person.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> & <img src=x onerror=alert(1)>")]
    [InlineData("שלום עולם، مرحبا بالعالم")]
    [InlineData("👩‍👩‍👧‍👦 emoji 🇵🇱")]
    [InlineData("tabs\tand\r\nlines\u2028and\u202Eoverrides")]
    public async Task Prompt_is_stored_unchanged(string prompt)
    {
        var answer = await person.AskAsync(prompt);

        (await person.TurnsAsync(answer.Id("conversationId"))).Single().Text("prompt").Should().Be(prompt);
    }

    [Fact]
    public async Task HTML_from_the_model_does_not_become_markup()
    {
        model.Answer = _ => "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))";

        var answer = await person.AskAsync("Hi");

        var html = answer.Text("responseHtml");
        html.Should().NotContain("<script").And.NotContain("<img").And.NotContain("javascript:");
    }

    [Fact]
    public async Task Errors_are_problem_documents_with_code_and_trace_id()
    {
        using var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "" });

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.Text("code").Should().Be("chat.prompt_empty");
        problem.Text("traceId").Should().NotBeEmpty();
        problem.GetProperty("status").GetInt32().Should().Be(422);
        problem.Text("detail").Should().NotBeEmpty();
        problem.GetProperty("errors").GetProperty("prompt").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Errors_are_in_the_language_of_the_request()
    {
        person.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("pl");

        using var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "" });

        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.Text("detail").Should().NotContain("Write").And.NotBeEmpty();
    }

    [Fact]
    public async Task Conversations_are_listed_newest_first_searched_renamed_and_deleted()
    {
        var first = (await person.AskAsync("About gardens")).Id("conversationId");
        var second = (await person.AskAsync("About ships")).Id("conversationId");

        var listed = await person.GetAsync("/chat/conversations");
        var found = await person.GetAsync("/chat/conversations?q=GARDEN");
        await person.SendAsync(HttpMethod.Patch, $"/chat/conversations/{first}", new { title = "Roses <b>" });
        await person.SendAsync(HttpMethod.Delete, $"/chat/conversations/{second}");

        listed.Items().Select(item => item.Id()).Should().Equal(second, first);
        found.Items().Select(item => item.Id()).Should().Equal(first);
        (await person.GetAsync("/chat/conversations")).Items().Single().Text("title").Should().Be("Roses <b>");
        (await person.RawAsync(HttpMethod.Get, $"/chat/conversations/{second}/turns")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Turns_are_paged_backwards()
    {
        var conversation = (await person.AskAsync("one")).Id("conversationId");
        await person.AskAsync("two", conversation);
        await person.AskAsync("three", conversation);

        var last = await person.GetAsync($"/chat/conversations/{conversation}/turns?limit=2");
        var before = await person.GetAsync($"/chat/conversations/{conversation}/turns?limit=2&before={last.Items()[0].Id()}");

        last.Items().Select(turn => turn.Text("prompt")).Should().Equal("two", "three");
        last.GetProperty("hasMore").GetBoolean().Should().BeTrue();
        before.Items().Select(turn => turn.Text("prompt")).Should().Equal("one");
        before.GetProperty("hasMore").GetBoolean().Should().BeFalse();
    }

    private Task ExpectRejectedAsync(object body, int status, string code) => ExpectRejectedAsync(JsonSerializer.SerializeToUtf8Bytes(body), status, code);

    private async Task ExpectRejectedAsync(byte[] body, int status, string code)
    {
        var request = person.Request(HttpMethod.Post, "/chat/ask");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");

        using var response = await person.Http.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(status, text);
        JsonSerializer.Deserialize<JsonElement>(text).Text("code").Should().Be(code);
        (await person.GetAsync("/chat/conversations")).Items().Should().BeEmpty();
        model.Chats.Should().BeEmpty();
    }
}
