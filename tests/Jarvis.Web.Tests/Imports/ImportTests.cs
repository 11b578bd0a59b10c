using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Jarvis.Web.Tests.Imports;

[Trait("Engine", "both")]
public sealed class ImportTests(HostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<HostFixture>
{
    [Fact]
    public async Task Imported_conversations_keep_their_dates_and_order()
    {
        var imported = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(
            JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "My dog is called Reksio", at: "2024-03-01T10:00:00Z"), JarvisExport.Turn("t2", "He is old", at: "2024-03-01T10:00:00Z"), JarvisExport.Turn("t3", "And lazy", at: "2024-02-01T10:00:00+01:00"))));

        imported.GetProperty("imported").GetInt32().Should().Be(3);
        imported.GetProperty("skipped").GetInt32().Should().Be(0);
        var conversation = imported.Items("conversations").Single();
        conversation.Text("externalId").Should().Be("c1");
        var turns = await person.TurnsAsync(conversation.Id("conversationId"));
        turns.Select(turn => turn.Text("prompt")).Should().Equal("My dog is called Reksio", "He is old", "And lazy");
        turns.Select(turn => turn.Text("status")).Should().OnlyContain(status => status == "completed");
        turns[2].GetProperty("timestamp").GetDateTimeOffset().Should().Be(new DateTimeOffset(2024, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var row = (await person.GetAsync("/chat/conversations")).Items().Single();
        row.Text("title").Should().Be("Pets");
        row.Text("platform").Should().Be("import");
        row.GetProperty("updatedAt").GetDateTimeOffset().Should().Be(new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Repeated_upload_of_the_same_file_changes_nothing()
    {
        var file = JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "My dog is called Reksio"), JarvisExport.Turn("t2", "He is old")), JarvisExport.Conversation("c2", null, JarvisExport.Turn("t1", "I live in Bern")));
        var first = await person.SendAsync(HttpMethod.Post, "/conversations/import", file);
        await person.SendAsync(HttpMethod.Patch, $"/chat/conversations/{first.Items("conversations")[0].Id("conversationId")}", new { title = "Renamed" });
        var before = (await person.GetAsync("/chat/conversations")).ToString();

        var second = await person.SendAsync(HttpMethod.Post, "/conversations/import", file);

        second.GetProperty("imported").GetInt32().Should().Be(0);
        second.GetProperty("skipped").GetInt32().Should().Be(3);
        second.Items("conversations").Select(row => row.Id("conversationId")).Should().Equal(first.Items("conversations").Select(row => row.Id("conversationId")));
        (await person.GetAsync("/chat/conversations")).ToString().Should().Be(before);
    }

    [Fact]
    public async Task New_turns_are_inserted_in_the_right_order()
    {
        await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "One"), JarvisExport.Turn("t3", "Three", at: "2024-03-01T12:00:00Z"))));

        var retry = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "One"), JarvisExport.Turn("t2", "Two", at: "2024-03-01T11:00:00Z"), JarvisExport.Turn("t3", "Three"), JarvisExport.Turn("t4", "Four"))));

        retry.GetProperty("imported").GetInt32().Should().Be(2);
        (await person.TurnsAsync(retry.Items("conversations")[0].Id("conversationId"))).Select(turn => turn.Text("prompt")).Should().Equal("One", "Two", "Three", "Four");
    }

    [Fact]
    public async Task Conversation_started_by_the_assistant_is_imported_and_found()
    {
        var imported = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(
            JarvisExport.Conversation("c1", null, new { externalId = "t1", prompt = "", response = "The pottery class of Klara begins on Friday evening", at = "2024-03-01T10:00:00Z" })));

        imported.GetProperty("imported").GetInt32().Should().Be(1);
        (await person.GetAsync("/chat/conversations")).Items().Single().Text("title").Should().StartWith("The pottery class");
        var found = (await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "When does the pottery class of Klara begin?" })).Items().Single();
        found.Text("externalId").Should().Be("t1");
        found.Text("content").Should().Be("— The pottery class of Klara begins on Friday evening");
    }

    [Fact]
    public async Task Deleted_conversation_can_be_imported_again()
    {
        var file = JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "My dog is called Reksio")));
        var first = await person.SendAsync(HttpMethod.Post, "/conversations/import", file);
        await person.SendAsync(HttpMethod.Delete, $"/chat/conversations/{first.Items("conversations")[0].Id("conversationId")}");

        var second = await person.SendAsync(HttpMethod.Post, "/conversations/import", file);

        second.GetProperty("imported").GetInt32().Should().Be(1);
        (await person.GetAsync("/chat/conversations")).Items().Should().ContainSingle();
    }

    [Fact]
    public async Task Imported_turn_is_found_and_becomes_a_memory()
    {
        var imported = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "My dog is called Reksio"))));

        var found = await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my dog called?" });
        await person.WaitForMemoryAsync(imported.Items("conversations")[0].Id("conversationId"));

        found.Items().Should().Contain(item => item.Text("externalId") == "t1");
        (await person.MemoriesAsync()).Should().Contain(memory => memory.Text("content").Contains("Reksio"));
    }

    [Fact]
    public async Task Imported_conversation_can_be_continued()
    {
        var imported = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "My dog is called Reksio", response: null))));
        var conversation = imported.Items("conversations")[0].Id("conversationId");

        await person.AskAsync("How old can he get?", conversation);

        (await person.TurnsAsync(conversation)).Select(turn => turn.Text("prompt")).Should().Equal("My dog is called Reksio", "How old can he get?");
    }

    [Fact]
    public async Task Import_stops_at_the_first_invalid_conversation_and_can_resume()
    {
        var good = JarvisExport.Conversation("c1", "Pets", JarvisExport.Turn("t1", "One"));
        object[] bad =
        [
            JarvisExport.Turn("t1", " ", response: " "), JarvisExport.Turn("t2", "NUL \0"), JarvisExport.Turn("t2", "Twice"), JarvisExport.Turn("", "No id"), JarvisExport.Turn("t5", new string('x', 32_001)), JarvisExport.Turn("t6", "When?", at: "yesterday"), JarvisExport.Turn("t7", "Later", at: "2999-01-01T00:00:00Z"),
        ];

        using var refused = await person.RawAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(good, JarvisExport.Conversation("c2", new string('t', 121), bad), JarvisExport.Conversation("c3", null, JarvisExport.Turn("t1", "Three"))));

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
        problem.Text("code").Should().Be("import.stopped");
        problem.Text("detail").Should().Contain("conversation 2").And.Contain("conversations: 1, new messages: 1");
        problem.GetProperty("imported").GetInt32().Should().Be(1);
        problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo(
            "conversations[1].title", "conversations[1].turns[0].prompt", "conversations[1].turns[1].prompt", "conversations[1].turns[2].externalId",
            "conversations[1].turns[3].externalId", "conversations[1].turns[4].prompt", "conversations[1].turns[5].at", "conversations[1].turns[6].at");
        var corrected = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(good, JarvisExport.Conversation("c2", "Short", JarvisExport.Turn("t1", "Two")), JarvisExport.Conversation("c3", null, JarvisExport.Turn("t1", "Three"))));
        corrected.GetProperty("imported").GetInt32().Should().Be(2);
        corrected.GetProperty("skipped").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Running_import_reports_progress_and_rejects_a_second_import()
    {
        var upload = new SlowFile("[", ChatGptExport.Conversation("g1", "Pets", "My dog is called Reksio", "A fine name."));
        var first = person.Http.SendAsync(Sent(person.Request(HttpMethod.Post, "/conversations/import"), upload));
        var running = await JarvisClient.UntilAsync(() => person.GetAsync("/conversations/import"), progress => progress.GetProperty("running").GetBoolean());

        using var second = await person.RawAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File());
        upload.Finish();
        using var firstResponse = await first;

        running.GetProperty("imported").GetInt32().Should().BeLessThanOrEqualTo(1);
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        second.Headers.RetryAfter.Should().NotBeNull();
        (await ReadAsync(firstResponse)).GetProperty("imported").GetInt32().Should().Be(1);
        (await person.GetAsync("/conversations/import")).GetProperty("running").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task Export_is_imported_unchanged_elsewhere_and_skipped_by_its_owner()
    {
        await person.AskAsync("My dog is called Reksio");
        await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation("c1", "Old", JarvisExport.Turn("t1", "One", "1"), JarvisExport.Turn("t2", "Two", "", at: "2024-03-01T10:00:00.1234567Z"))));
        var exported = await person.GetAsync("/conversations/export");
        using var another = await JarvisClient.RegisterAsync(host);

        var ownImport = await person.SendAsync(HttpMethod.Post, "/conversations/import", exported);
        var otherImport = await another.SendAsync(HttpMethod.Post, "/conversations/import", exported);

        ownImport.GetProperty("imported").GetInt32().Should().Be(0);
        ownImport.GetProperty("skipped").GetInt32().Should().Be(3);
        otherImport.GetProperty("imported").GetInt32().Should().Be(3);
        (await another.GetAsync("/conversations/export")).ToString().Should().Be(exported.ToString());
        (await person.GetAsync("/chat/conversations")).GetProperty("total").GetInt32().Should().Be(2);
    }

    private static HttpRequestMessage Sent(HttpRequestMessage request, HttpContent content)
    {
        request.Content = content;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        return request;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);

        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Upload that stays open until the test finishes it.</summary>
    private sealed class SlowFile(string start, object conversation) : HttpContent
    {
        private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish() => finished.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(start + JsonSerializer.Serialize(conversation)));
            await stream.FlushAsync();
            await finished.Task;
            await stream.WriteAsync("]"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;

            return false;
        }
    }
}
