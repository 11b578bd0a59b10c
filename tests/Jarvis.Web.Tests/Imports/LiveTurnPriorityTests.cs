using Jarvis.Application.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Imports;

public sealed class LiveTurnPriorityTests
{
    private const int Conversations = 200;

    [Fact]
    public async Task New_turns_are_processed_first_and_all_imported_turns_eventually()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync(
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("LocalLlm:Model", "stand-in"), ("Memory:Extractor", "Llm"), ("Memory:LlmConcurrency", "1"));
        model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromMilliseconds(150)), request => request.IsExtraction);
        using var person = await JarvisClient.RegisterAsync(host);
        var old = await person.SendAsync(HttpMethod.Post, "/conversations/import", JarvisExport.File(
            [.. Enumerable.Range(0, Conversations).Select(i => JarvisExport.Conversation($"c{i}", null, JarvisExport.Turn("t", $"My cat number {i} is called Filemon {i}")))]));
        await Eventually.IsTrueAsync(async () => await CountPendingAsync(host) < Conversations, "the worker reads the first turns");

        var inNew = await person.AskAsync("My dog is called Reksio");
        var inOld = await person.AskAsync("And my hamster is called Gryzek", old.Items("conversations")[^1].Id("conversationId"));
        await person.WaitForMemoryAsync(inNew.Id("conversationId"));
        await person.WaitForMemoryAsync(inOld.Id("conversationId"));
        var remaining = await CountPendingAsync(host);
        await host.RestartAsync(("Memory:Extractor", "Heuristic"));
        await Eventually.IsTrueAsync(async () => await CountPendingAsync(host) == 0, "all of it is read", TimeSpan.FromMinutes(1));

        remaining.Should().BeGreaterThan(Conversations / 2);
        (await DbAsync(host, db => db.ConversationSummaries.SumAsync(summary => summary.MessageCount))).Should().Be(Conversations + 2, "each turn is read once");
    }

    private static Task<int> CountPendingAsync(JarvisHost host) =>
        DbAsync(host, db => db.Turns.CountAsync(turn => turn.Status == TurnStatus.Completed && turn.RememberedAt == null));

    private static async Task<int> DbAsync(JarvisHost host, Func<IJarvisDb, Task<int>> count)
    {
        await using var scope = host.Services.CreateAsyncScope();

        return await count(scope.ServiceProvider.GetRequiredService<IJarvisDb>());
    }
}
