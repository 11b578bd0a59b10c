using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Server with OpenAI's API, and Azure's form of it, over real HTTP on the loopback address. It returns scripted answers, injects faults
/// and records requests. Every setting can change while it runs.
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

    /// <summary>Value for <c>OpenAI:BaseUrl</c> and <c>LocalLlm:BaseUrl</c>; it ends in <c>/v1</c>.</summary>
    public Uri BaseUrl => new(Root, "v1");

    /// <summary>Value for <c>AzureOpenAI:Endpoint</c>.</summary>
    public Uri Root { get; private set; } = null!;

    public int Port => Root.Port;

    /// <summary>
    /// Models that <c>GET /models</c> lists. Jarvis's default local model is among them, so only the address needs to be set.
    /// </summary>
    public IReadOnlyList<string> Models { get; set; } = ["stand-in", "qwen2.5:3b-instruct"];

    /// <summary>True to reject an unlisted model with 404.</summary>
    public bool RefusesUnknownModels { get; set; }

    /// <summary>API key; if it is set, a request with another key is rejected with 401 and an error that quotes the received key.</summary>
    public string? ApiKey { get; set; }

    /// <summary>True to process one completion at a time, as Ollama does on a small machine.</summary>
    public bool SingleSlot { get; set; }

    /// <summary>Delay of each chunk of every answer.</summary>
    public TimeSpan TokenDelay { get; set; }

    /// <summary>Answer in a chat.</summary>
    public Func<OpenAiRequest, string> Answer { get; set; } = Echo;

    /// <summary>Answer to a request for JSON of a schema, which only memory extraction sends.</summary>
    public Func<OpenAiRequest, string> Extraction { get; set; } = Example;

    /// <summary>Synonyms for the embeddings, such as "parrot" and "bird"; other words are similar only by their letters.</summary>
    public IReadOnlyList<string[]> Synonyms { get; set; } = [];

    /// <summary>Default number of dimensions of the embeddings.</summary>
    public int Dimensions { get; set; } = 384;

    /// <summary>Requests so far, in order.</summary>
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

    public bool IsStopped => Volatile.Read(ref disposed) == 1;

    internal SemaphoreSlim Slot { get; } = new(1);

    internal CancellationToken Stopping => stopping.Token;

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="everywhere">True to accept requests from other machines.</param>
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

    /// <summary>Applies this fault to the following requests.</summary>
    /// <param name="when">Filter of requests; null matches all completions.</param>
    /// <param name="times">Number of affected requests; null affects all until <see cref="ClearFaults"/>.</param>
    public void AddFault(OpenAiFault fault, Func<OpenAiRequest, bool>? when = null, int? times = null) =>
        faults.Add(fault, when ?? (request => request.IsChat), times);

    public void ClearFaults() => faults.Clear();

    /// <summary>Removes the faults, the requests and the answers of an earlier test.</summary>
    public void Reset()
    {
        faults.Clear();
        (Answer, Extraction, TokenDelay, SingleSlot, ApiKey) = (Echo, Example, TimeSpan.Zero, false, null);
        (RefusesUnknownModels, Synonyms, Dimensions) = (false, [], 384);
        lock (gate)
        {
            requests.Clear();
        }
    }

    /// <summary>Waits until this many requests have arrived in total and returns the last of them.</summary>
    /// <param name="when">Filter of requests; null matches chats that are not extractions.</param>
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

    /// <summary>Aborts the running requests, then closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        // A test may already have stopped it.
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
