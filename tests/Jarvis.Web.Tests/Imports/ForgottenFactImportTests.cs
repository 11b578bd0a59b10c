using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Imports;

[Trait("Engine", "both")]
public sealed class ForgottenFactImportTests(HostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<HostFixture>
{
    private const string Fact = "My dog is called Reksio and I live in Gdańsk";

    [Fact]
    public async Task Forgotten_fact_stays_forgotten_when_its_chat_is_processed_again()
    {
        var answer = await person.AskAsync(Fact);
        await ForgetTheDogAsync(answer.Id("conversationId"));

        await ReadAgainAsync(answer.Id("conversationId"));

        await ExpectDogNotExposedAsync();
    }

    [Theory]
    [InlineData("c1", "t1")]
    [InlineData("c1", "t2")]
    [InlineData("c2", "t2")]
    public async Task Forgotten_fact_stays_forgotten_when_imported_with_any_ids(string conversation, string turn)
    {
        await ForgetTheDogAsync(await ImportAsync("c1", "t1"));

        var imported = await ImportAsync(conversation, turn);
        await ExpectDogNotFoundAsync();
        await person.WaitForMemoryAsync(imported);

        await ExpectDogNotExposedAsync();
    }

    [Fact]
    public async Task Forgotten_fact_stays_forgotten_when_its_deleted_chat_is_imported()
    {
        var answer = await person.AskAsync(Fact);
        await ForgetTheDogAsync(answer.Id("conversationId"));
        await person.SendAsync(HttpMethod.Delete, $"/chat/conversations/{answer.Id("conversationId")}");

        await person.WaitForMemoryAsync(await ImportAsync("c1", "t1"));

        await ExpectDogNotExposedAsync();
    }

    [Fact]
    public async Task Fact_from_two_conversations_is_forgotten_in_both()
    {
        var first = await ImportAsync("c1", "t1");
        await person.WaitForMemoryAsync(await ImportAsync("c2", "t2"));

        await ForgetTheDogAsync(first);

        await ExpectDogNotExposedAsync();
    }

    [Fact]
    public async Task Summary_does_not_contain_a_forgotten_fact()
    {
        await ForgetTheDogAsync(await ImportAsync("c1", "t1"));

        var conversation = await ImportAsync("c2", "t2");
        await person.WaitForMemoryAsync(conversation);

        var summaries = await DbAsync(db => db.ConversationSummaries.Where(row => row.ConversationId == new Domain.Common.ConversationId(conversation)).Select(row => row.Summary).ToListAsync());
        summaries.Should().ContainSingle().Which.Should().NotContain("Reksio");
    }

    private async Task<Guid> ImportAsync(string conversation, string turn)
    {
        var imported = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(JarvisExport.Conversation(conversation, "Pets", JarvisExport.Turn(turn, Fact))));

        return imported.Items("conversations")[0].Id("conversationId");
    }

    private async Task ForgetTheDogAsync(Guid conversation)
    {
        await person.WaitForMemoryAsync(conversation);
        var dog = (await person.MemoriesAsync()).Single(memory => memory.Text("content").Contains("Reksio", StringComparison.Ordinal));
        await person.SendAsync(HttpMethod.Delete, $"/memory/items/{dog.Id()}");
    }

    private async Task ReadAgainAsync(Guid conversation)
    {
        await DbAsync(db => db.Turns
            .Where(turn => turn.ConversationId == new Domain.Common.ConversationId(conversation))
            .ExecuteUpdateAsync(row => row.SetProperty(turn => turn.RememberedAt, (DateTimeOffset?)null)));
        await person.SendAsync(HttpMethod.Post, "/memory/retry", new { conversationId = conversation });
        await person.WaitForMemoryAsync(conversation);
    }

    private async Task ExpectDogNotExposedAsync()
    {
        (await person.MemoriesAsync()).Select(memory => memory.Text("content")).Should().NotContain(content => content.Contains("Reksio")).And.Contain(content => content.Contains("Gdańsk"));
        await ExpectDogNotFoundAsync();
        (await person.AskAsync("What is my dog called?")).Text("response").Should().NotContain("Reksio");
    }

    // Applies before memory has read anything as well.
    private async Task ExpectDogNotFoundAsync()
    {
        foreach (var query in new[] { "What is my dog called?", "Reksio", "What do you know about me?" })
        {
            var found = await person.SendAsync(HttpMethod.Post, "/memory/search", new { query });
            found.Items().Select(item => item.Text("content")).Should().NotContain(content => content.Contains("Reksio"), query);
        }
    }

    private async Task<T> DbAsync<T>(Func<IJarvisDb, Task<T>> use)
    {
        await using var scope = host.Services.CreateAsyncScope();

        return await use(scope.ServiceProvider.GetRequiredService<IJarvisDb>());
    }
}
