using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Jarvis.Web.Tests.Imports;

public sealed class ImportFileTests(HostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("", "import.file_malformed")]
    [InlineData("hello", "import.file_malformed")]
    [InlineData("{\"conversations\":[", "import.file_malformed")]
    [InlineData("{\"conversations\":[]} and more", "import.file_malformed")]
    [InlineData("{\"name\":\"a package\",\"version\":1}", "import.file_not_recognized")]
    [InlineData("[{\"uuid\":\"1\",\"chat_messages\":[]}]", "import.file_not_recognized")]
    [InlineData("[1,2]", "import.file_not_recognized")]
    [InlineData("[{\"id\":\"1\",\"mapping\":7}]", "import.file_not_recognized")]
    [InlineData("{\"conversations\":[{\"externalId\":\"c\",\"turns\":7}]}", "import.turns_missing")]
    [InlineData("{\"conversations\":[{\"externalId\":{},\"turns\":[3]}]}", "import.external_id_invalid")]
    [InlineData("{\"conversations\":[{\"externalId\":\"c\",\"turns\":[{\"externalId\":\"t\",\"prompt\":\"\\ud800\",\"at\":\"2024-03-01\"}]}]}", "chat.prompt_invalid_text")]
    public async Task Invalid_import_file_is_rejected_with_reason(string text, string reason)
    {
        using var refused = await PostAsync(Encoding.UTF8.GetBytes(text));

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync()).Text("reason").Should().Be(reason);
    }

    [Fact]
    public async Task Deep_nesting_and_invalid_UTF_8_are_rejected()
    {
        foreach (var file in new[] { Encoding.UTF8.GetBytes(new string('[', 100_000)), [.. "[{\"id\":\""u8, 0xFF, 0xFE, .. "\",\"mapping\":{\""u8, 0xFF, .. "\":{}}}]"u8] })
        {
            using var refused = await PostAsync(file);

            refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task Import_error_is_in_Polish_for_a_Polish_request()
    {
        var request = person.Request(HttpMethod.Post, "/conversations/import");
        request.Content = new ByteArrayContent("nonsense"u8.ToArray());
        request.Headers.AcceptLanguage.ParseAdd("pl");

        using var refused = await person.Http.SendAsync(request);

        (await refused.Content.ReadAsStringAsync()).Should().Contain("Plik jest uszkodzony");
    }

    [Fact]
    public async Task ChatGPT_export_is_accepted_as_file_zip_or_form()
    {
        var json = ChatGptExport.Json(ChatGptExport.Conversation("g1", "Pets", "My dog is called Reksio", "A fine name.", "He is old", "How old?"));
        var secondFile = ChatGptExport.Json(ChatGptExport.Conversation("g2", null, "I live in Bern", "Lovely."));

        using var asFile = await PostAsync(json, "?format=chatgpt");
        using var asZip = await PostAsync(ChatGptExport.Zip(("conversations-000.json", json), ("conversations-001.json", secondFile), ("user.json", "{}"u8.ToArray())));
        using var form = new MultipartFormDataContent { { new StringContent("chatgpt"), "format" }, { new ByteArrayContent(secondFile), "file", "conversations.json" } };
        using var asForm = await PostAsync(form);

        (await ReadAsync(asFile)).GetProperty("imported").GetInt32().Should().Be(2);
        (await ReadAsync(asZip)).GetProperty("imported").GetInt32().Should().Be(1);
        var last = await ReadAsync(asForm);
        last.GetProperty("skipped").GetInt32().Should().Be(1);
        last.Items("conversations")[0].Text("title").Should().Be("I live in Bern");
    }

    [Fact]
    public async Task Requested_format_is_enforced()
    {
        using var other = await PostAsync(ChatGptExport.Json(ChatGptExport.Conversation("g1", "Pets", "Hi")), "?format=jarvis");
        using var unknown = await PostAsync("{}"u8.ToArray(), "?format=other");

        (await other.Content.ReadAsStringAsync()).Should().Contain("import.file_other_format");
        (await unknown.Content.ReadAsStringAsync()).Should().Contain("import.format_unknown");
    }

    [Fact]
    public async Task Form_without_scripts_accepts_a_large_file()
    {
        var page = await person.Http.GetStringAsync("/settings/import");
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)").Groups[1].Value;
        var json = ChatGptExport.Json([.. Enumerable.Range(0, 20).Select(i => ChatGptExport.Conversation($"g{i}", "Long", new string('x', 30_000), new string('y', 200_000)))]);
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(json), "file", "conversations.json" } };

        using var response = await person.Http.PostAsync("/settings/import", form);

        json.Length.Should().BeGreaterThan(4_000_000);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Contain("20 new messages");
    }

    [Fact]
    public async Task Interrupted_upload_keeps_its_conversations_and_can_be_resumed()
    {
        var whole = ChatGptExport.Json(ChatGptExport.Conversation("g1", "One", "One", "1"), ChatGptExport.Conversation("g2", "Two", "Two", "2"));
        using var broken = await PostAsync(whole[..^300]);

        using var retry = await PostAsync(whole);

        (await broken.Content.ReadAsStringAsync()).Should().Contain("import.file_malformed").And.Contain("new messages: 1");
        var result = await ReadAsync(retry);
        result.GetProperty("imported").GetInt32().Should().Be(1);
        result.GetProperty("skipped").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Truncated_form_upload_is_rejected()
    {
        var whole = ChatGptExport.Json(ChatGptExport.Conversation("g1", "One", "One", "1"));
        var form = new ByteArrayContent([.. "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.json\"\r\n\r\n"u8, .. whole[..^1]]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var refused = await PostAsync(form);

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await person.GetAsync("/conversations/import")).GetProperty("running").GetBoolean().Should().BeFalse();
    }

    private Task<HttpResponseMessage> PostAsync(byte[] file, string query = "") => PostAsync(new ByteArrayContent(file), query);

    private Task<HttpResponseMessage> PostAsync(HttpContent file, string query = "") =>
        person.Http.SendAsync(Sent(person.Request(HttpMethod.Post, "/conversations/import" + query), file));

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
}
