using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Speech;

public sealed class SentencesTests(ModelHostFixture fixture) : ModelTestBase(fixture, Answer)
{
    private const string Answer = "## Plan\n\nDr. Smith **says** so. It costs $5.50, e.g. today.\n\n```sh\nls\n```\n\n- one\n- two";

    private static readonly string[] Spoken = ["Plan.", "Doctor Smith says so.", "It costs five dollars and fifty cents, for example today.", "Code example.", "one.", "two."];

    [Fact]
    public async Task Stream_sends_finished_sentences_before_the_answer_ends()
    {
        // Otherwise the whole answer might arrive in one chunk.
        model.TokenDelay = TimeSpan.FromMilliseconds(30);

        var events = await person.StreamAsync("Hi", query: "?render=blocks&speak=sentences");

        var names = events.Select(item => item.Event).ToList();
        names.IndexOf("sentence").Should().BeLessThan(names.LastIndexOf("delta"));
        names.LastIndexOf("sentence").Should().BeLessThan(names.IndexOf("done"));
        var sentences = events.Where(item => item.Event == "sentence").Select(item => item.Data).ToList();
        sentences.Select(sentence => sentence.Text("text")).Should().Equal(Spoken);
        sentences.Select(sentence => sentence.GetProperty("index").GetInt32()).Should().Equal(0, 1, 2, 3, 4, 5);
        sentences.Should().OnlyContain(sentence => sentence.Text("language") == "en");
    }

    [Fact]
    public async Task Stored_answer_gives_the_same_sentences()
    {
        var events = await person.StreamAsync("Hi", query: "?speak=sentences");

        var stored = await person.GetAsync($"/chat/turns/{events[^1].Data.Text("turnId")}/sentences");

        Texts(stored.GetProperty("items").EnumerateArray()).Should().Equal(Texts(events.Where(item => item.Event == "sentence").Select(item => item.Data)));
    }

    [Fact]
    public async Task Text_of_unknown_language_uses_the_users_language()
    {
        model.Answer = _ => "OK";
        var answer = await person.AskAsync("Hi");
        var request = person.Request(HttpMethod.Get, $"/chat/turns/{answer.Text("turnId")}/sentences");
        request.Headers.AcceptLanguage.ParseAdd("pl");

        using var response = await person.Http.SendAsync(request);

        using var stored = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        stored.RootElement.GetProperty("items")[0].Text("language").Should().Be("pl");
    }

    [Fact]
    public async Task Sentences_of_a_failed_answer_are_available_only_after_retry()
    {
        model.AddFault(OpenAiFault.CutAfter(3), times: 1);
        var failed = await person.StreamAsync("Hi", query: "?speak=sentences");
        failed[^1].Event.Should().Be("error");
        failed.Should().NotContain(item => item.Event == "sentence" && item.Data.Text("text") != "Plan.", "an incomplete sentence is not sent");
        var turn = failed[0].Data.Text("turnId");

        using var refused = await person.RawAsync(HttpMethod.Get, $"/chat/turns/{turn}/sentences");
        await person.SendAsync(HttpMethod.Post, $"/chat/turns/{turn}/retry");
        var stored = await person.GetAsync($"/chat/turns/{turn}/sentences");

        refused.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("speech.not_answered");
        Texts(stored.GetProperty("items").EnumerateArray()).Should().Equal(Spoken);
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> sentences) => sentences.Select(sentence => sentence.Text("text"));
}
