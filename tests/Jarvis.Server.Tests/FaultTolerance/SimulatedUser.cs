using System.Net;
using System.Text.Json;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>
/// User who calls several web processes in turn with a personal access token, because sessions may be lost with Redis. Rejected requests
/// are repeated in the same words, as the page does.
/// </summary>
internal sealed class SimulatedUser : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<JarvisClient> clients;
    private int next;

    private SimulatedUser(IReadOnlyList<JarvisClient> clients) => this.clients = clients;

    public string Username => clients[0].Username;

    /// <summary>Error responses to <c>POST /chat/ask</c>.</summary>
    public List<Refusal> Refusals { get; } = [];

    public static async Task<SimulatedUser> RegisterAsync(IReadOnlyList<Uri> webs)
    {
        using var browser = await JarvisClient.RegisterAsync(webs[0]);
        var token = await browser.CreateTokenAsync();

        return new SimulatedUser([.. webs.Select(web => JarvisClient.WithToken(web, browser.Username, token))]);
    }

    /// <param name="answered">Callback after each answer.</param>
    public async Task<Guid> RunConversationAsync(IEnumerable<string> conversation, Action onAnswer)
    {
        Guid? id = null;
        foreach (var prompt in conversation)
        {
            id = await AskAsync(prompt, id);
            onAnswer();
        }

        return id!.Value;
    }

    /// <summary>Posts until the response is no longer 503: after a restart of PostgreSQL a web process still has dead connections.</summary>
    public async Task PostAsync(string path, object body)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            using var response = await NextClient().RawAsync(HttpMethod.Post, path, body);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                response.EnsureSuccessStatusCode();

                return;
            }

            await Task.Delay(RetryDelay, deadline.Token);
        }
    }

    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private async Task<Guid> AskAsync(string prompt, Guid? conversation)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            using var response = await NextClient().RawAsync(HttpMethod.Post, "/chat/ask", new { conversationId = conversation, prompt });
            var body = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
            conversation = body.TryGetProperty("conversationId", out var known) ? known.GetGuid() : conversation;
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return conversation!.Value;
            }

            Refusals.Add(new Refusal(response.StatusCode, prompt, body));
            await Task.Delay(RetryDelay, deadline.Token);
        }
    }

    private JarvisClient NextClient() => clients[Interlocked.Increment(ref next) % clients.Count];
}

internal sealed record Refusal(HttpStatusCode Status, string Prompt, JsonElement Problem)
{
    public override string ToString() => $"{(int)Status} {Problem}";
}
