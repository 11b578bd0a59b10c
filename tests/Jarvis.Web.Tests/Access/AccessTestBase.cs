using System.Net.Http.Headers;

namespace Jarvis.Web.Tests.Access;

/// <summary>Provides an owner, another user and one resource of each kind that the owner owns.</summary>
public abstract class AccessTestBase(HostFixture fixture) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private protected JarvisHost host = null!;
    private protected JarvisClient owner = null!;
    private protected JarvisClient another = null!;
    private protected Dictionary<string, string> ids = [];

    public async ValueTask InitializeAsync()
    {
        host = await fixture.HostAsync();
        owner = await JarvisClient.RegisterAsync(host);
        another = await JarvisClient.RegisterAsync(host);
        var answer = await owner.AskAsync("My dog is called Reksio.");
        await owner.WaitForMemoryAsync(answer.Id("conversationId"));
        var token = await owner.SendAsync(HttpMethod.Post, "/tokens", new { name = "owned" });
        ids = new()
        {
            ["{conversation}"] = answer.Text("conversationId"),
            ["{turn}"] = answer.Text("turnId"),
            ["{memory}"] = (await owner.MemoriesAsync())[0].Text("id"),
            ["{token}"] = token.Text("id"),
            ["{report}"] = (await owner.SendAsync(HttpMethod.Post, "/bug-reports", new { title = "An owned report", description = "Mine", severity = "low" })).Text("id"),
        };
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        another.Dispose();
        GC.SuppressFinalize(this);

        return ValueTask.CompletedTask;
    }

    private protected async Task<HttpResponseMessage> SendAsync(JarvisClient client, string route)
    {
        var call = AccessTable.Call(route);
        var request = client.Request(new HttpMethod(call.Method), Filled(call.Path), call.Body);
        if (request.Content is not null)
        {
            request.Content = new StringContent(Filled(await request.Content.ReadAsStringAsync()), MediaTypeHeaderValue.Parse("application/json"));
        }

        return await client.Http.SendAsync(request);
    }

    private protected string Filled(string text) => ids.Aggregate(text, (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal));
}
