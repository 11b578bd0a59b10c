using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// A server that speaks OpenAI's API, and Azure's form of it, over real HTTP on the loopback: it answers as it is told, goes
/// wrong on demand, and keeps what it was sent. Everything can be changed while it runs.
/// </summary>
public sealed class OpenAiStandIn : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly Func<OpenAiRequest, string> Echo =
        request => $"You said: {request.Prompt}\n\nI am a stand-in for a language model: I repeat what I am told.";

    private static readonly Func<OpenAiRequest, string> Example =
        request => SchemaExample.Of(request.Member("response_format", "json_schema", "schema"));

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly FaultRules<OpenAiRequest, OpenAiFault> faults = new();
    private readonly Lock gate = new();
    private readonly List<OpenAiRequest> requests = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int disposed;

    private OpenAiStandIn(WebApplication app) => this.app = app;

    /// <summary>What <c>OpenAI:BaseUrl</c> and <c>LocalLlm:BaseUrl</c> want: it ends in <c>/v1</c>.</summary>
    public Uri BaseUrl => new(Root, "v1");

    /// <summary>What <c>AzureOpenAI:Endpoint</c> wants.</summary>
    public Uri Root { get; private set; } = null!;

    public int Port => Root.Port;

    /// <summary>What <c>GET /models</c> lists. Jarvis's default local model is among them, so that only the address needs setting.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["stand-in", "qwen2.5:3b-instruct"];

    /// <summary>Whether a model that is not listed is refused with 404.</summary>
    public bool RefusesUnknownModels { get; set; }

    /// <summary>If set, a request with another key is refused with 401, and the refusal quotes the key it was sent.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether one completion waits for another, as with Ollama on a small machine.</summary>
    public bool SingleSlot { get; set; }

    /// <summary>How long each piece of every answer takes.</summary>
    public TimeSpan TokenDelay { get; set; }

    /// <summary>What it says in a chat.</summary>
    public Func<OpenAiRequest, string> Answer { get; set; } = Echo;

    /// <summary>What it says where JSON of a schema is wanted, which is how Jarvis's memory asks.</summary>
    public Func<OpenAiRequest, string> Extraction { get; set; } = Example;

    /// <summary>Words that mean the same to its embeddings, such as "parrot" and "bird"; no other words are alike but by their letters.</summary>
    public IReadOnlyList<string[]> Synonyms { get; set; } = [];

    /// <summary>How long its embeddings are where nothing else is asked for.</summary>
    public int Dimensions { get; set; } = 384;

    /// <summary>All that came so far, in order.</summary>
    public IReadOnlyList<OpenAiRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public IReadOnlyList<OpenAiRequest> Chats => [.. Requests.Where(IsPlainChat)];

    public IReadOnlyList<OpenAiRequest> Extractions => [.. Requests.Where(request => request.IsExtraction)];

    public IReadOnlyList<OpenAiRequest> Embeddings => [.. Requests.Where(request => request.IsEmbedding)];

    internal bool IsStopped => Volatile.Read(ref disposed) == 1;

    internal SemaphoreSlim Slot { get; } = new(1);

    internal CancellationToken Stopping => stopping.Token;

    /// <param name="port">0 for a free one.</param>
    /// <param name="everywhere">Whether other machines may ask too.</param>
    public static async Task<OpenAiStandIn> StartAsync(int port = 0, bool everywhere = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(everywhere ? IPAddress.Any : IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();

        var standIn = new OpenAiStandIn(app);
        OpenAiEndpoints.Map(app, standIn);
        await app.StartAsync();
        standIn.Root = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + "/");

        return standIn;
    }

    /// <summary>From now on requests meet this fault.</summary>
    /// <param name="when">Which requests; without it, completions of every kind.</param>
    /// <param name="times">How many of them; without it, all until <see cref="ClearFaults"/>.</param>
    public void AddFault(OpenAiFault fault, Func<OpenAiRequest, bool>? when = null, int? times = null) =>
        faults.Add(fault, when ?? (request => request.IsChat), times);

    /// <summary>No more faults.</summary>
    public void ClearFaults() => faults.Clear();

    /// <summary>Forgets the faults, the requests and the answers of an earlier test.</summary>
    internal void Reset()
    {
        faults.Clear();
        (Answer, Extraction, TokenDelay, SingleSlot, ApiKey) = (Echo, Example, TimeSpan.Zero, false, null);
        lock (gate)
        {
            requests.Clear();
        }
    }

    /// <summary>Waits until that many requests have come in all, and gives the last of them.</summary>
    /// <param name="when">Which requests count; without it, chats that are no extraction.</param>
    public async Task<OpenAiRequest> WaitForAsync(int count = 1, Func<OpenAiRequest, bool>? when = null)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (requests.Where(when ?? IsPlainChat).ElementAtOrDefault(count - 1) is { } request)
                {
                    return request;
                }

                next = arrival.Task;
            }

            await next.WaitAsync(deadline.Token);
        }
    }

    /// <summary>Hanging requests are cut, then the port is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        // A test may have taken it away already.
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        Slot.Dispose();
        stopping.Dispose();
    }

    internal OpenAiFault Receive(OpenAiRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
            arrival.SetResult();
            arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return faults.Next(request) ?? OpenAiFault.None;
    }

    private static bool IsPlainChat(OpenAiRequest request) => request is { IsChat: true, IsExtraction: false };
}
