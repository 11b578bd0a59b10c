using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Web.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryFileApiTests(HostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<HostFixture>
{
    [Fact]
    public async Task Exported_memories_are_imported_once_by_another_user()
    {
        var answer = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(answer.Id("conversationId"));
        using var exported = await person.RawAsync(HttpMethod.Get, "/memory/export");
        var file = await exported.Content.ReadAsStringAsync();
        using var other = await JarvisClient.RegisterAsync(host);

        var first = await PostAsync(other, file);
        var second = await PostAsync(other, file);

        exported.Content.Headers.ContentDisposition!.FileName.Should().Contain("jarvis-memories-");
        var count = (await person.MemoriesAsync()).Length;
        first.Should().Match($$"""{"imported":{{count}},"known":0,"forgotten":0}""");
        second.Should().Match($$"""{"imported":0,"known":{{count}},"forgotten":0}""");
        (await other.MemoriesAsync()).Select(memory => memory.Text("content")).Should().BeEquivalentTo((await person.MemoriesAsync()).Select(memory => memory.Text("content")));
        (await other.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my dog called?" })).Items()
            .Should().Contain(hit => hit.Text("content").Contains("Reksio"), "imported memories are searchable");
    }

    [Theory]
    [InlineData("no json at all", "memory.import_unknown")]
    [InlineData("[]", "memory.import_unknown")]
    [InlineData("{\"format\":\"jarvis-memory\",\"version\":1,\"items\":[{\"kind\":\"nonsense\",\"content\":\"x\"}]}", "memory.import_unknown")]
    [InlineData("{\"format\":\"jarvis-memory\",\"version\":1,\"items\":[{\"kind\":\"fact\",\"content\":\"\"}]}", "memory.content_invalid")]
    public async Task Invalid_memory_file_is_rejected_with_reason(string file, string code)
    {
        using var request = person.Request(HttpMethod.Post, "/memory/import");
        request.Content = new StringContent(file, Encoding.UTF8, "application/json");

        using var response = await person.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain(code);
    }

    [Fact]
    public async Task Memories_page_shows_all_memories_in_pages()
    {
        var items = Enumerable.Range(1, 31).Select(number => $$"""{"kind":"fact","content":"Likes tea number {{number}}","salience":0.5,"createdAt":"2026-01-01T00:00:00Z","validFrom":"2026-01-01T00:00:00Z"}""");
        await PostAsync(person, $$"""{"format":"jarvis-memory","version":1,"items":[{{string.Join(',', items)}}]}""");

        var first = await person.Http.GetStringAsync("/memories");
        var second = await person.Http.GetStringAsync("/memories?page=2");

        Regex.Count(first, "memory-content").Should().Be(30);
        Regex.Count(second, "memory-content").Should().Be(1);
    }

    [Fact]
    public async Task Oversized_memory_file_is_rejected()
    {
        using var request = person.Request(HttpMethod.Post, "/memory/import");
        request.Headers.ExpectContinue = true;
        request.Content = new StringContent(new string(' ', (16 * 1024 * 1024) + 1), Encoding.UTF8, "application/json");

        using var response = await person.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("{\"format\":\"jarvis-memory\",\"version\":1,\"items\":[{\"kind\":\"fact\",\"content\":\"Has a dog called Azor\"}]}", "1 memory imported, 0 already known")]
    [InlineData("{\"format\":\"jarvis-memory\",\"version\":1,\"items\":[{\"kind\":\"fact\",\"content\":\"\"}]}", "A memory must have 1 to 1000 characters of text. (items[0].content)")]
    [InlineData("nonsense", "recognise this memory file.")]
    public async Task Memories_page_imports_a_file_and_reports_the_result(string file, string expected)
    {
        var token = Regex.Match(await person.Http.GetStringAsync("/memories"), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)").Groups[1].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(WebUtility.HtmlDecode(token)), "__RequestVerificationToken" },
            { new StringContent(file, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")), "file", "memories.json" },
        };

        using var response = await person.Http.PostAsync("/memories?handler=Import", form);

        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()).Should().Contain(expected);
    }

    private static async Task<string> PostAsync(JarvisClient client, string file)
    {
        using var request = client.Request(HttpMethod.Post, "/memory/import");
        request.Content = new StringContent(file, Encoding.UTF8, "application/json");
        using var response = await client.Http.SendAsync(request);

        return await response.Content.ReadAsStringAsync();
    }
}
