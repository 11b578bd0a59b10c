using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSec.Cryptography;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Discord on the loopback address: signs interactions, signs users in, and validates calls as strictly as Discord does.</summary>
public sealed class DiscordStandIn : IAsyncDisposable
{
    public const string ApplicationId = "1122334455667788990";
    public const string WebhookId = "2233445566778899001";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static long lastSnowflake = 3_000_000_000_000_000_000;

    private readonly WebApplication app;
    private readonly Key key;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<DiscordRequest> requests = [];
    private readonly FaultRules<DiscordRequest, DiscordFault> faults = new();
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DiscordStandIn(WebApplication app, Key key) => (this.app, this.key) = (app, key);

    /// <summary>Value for <c>Discord:BaseUrl</c>.</summary>
    public Uri Root { get; private set; } = null!;

    public string PublicKey => Convert.ToHexStringLower(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>Settings that make Jarvis use this stand-in.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Discord:BaseUrl", Root.ToString()),
        ("Discord:ClientId", ApplicationId),
        ("Discord:ClientSecret", Secrets.DiscordClientSecret),
        ("Discord:PublicKey", PublicKey),
        ("Discord:BotToken", Secrets.DiscordBotToken),
        ("Discord:WebhookUrl", $"{Root}api/webhooks/{WebhookId}/{Secrets.DiscordWebhookToken}"),
    ];

    /// <summary>Headers of every response, such as <c>X-RateLimit-Remaining</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; set; } = [];

    /// <summary>Users whom the consent page offers.</summary>
    public IReadOnlyList<DiscordPerson> People { get; set; } = [];

    internal ConcurrentDictionary<string, DiscordGrant> Grants { get; } = [];

    internal ConcurrentDictionary<string, DiscordPerson> Tokens { get; } = [];

    /// <summary>Messages in Discord by interaction token: the answer and its follow-ups.</summary>
    internal ConcurrentDictionary<string, List<string>> Threads { get; } = [];

    internal CancellationToken Stopping => stopping.Token;

    /// <summary>Commands registered last; undefined before the first registration.</summary>
    public JsonElement Commands { get; internal set; }

    public IReadOnlyList<DiscordRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public IReadOnlyList<DiscordRequest> Notices => [.. Requests.Where(request => request.IsNotice)];

    /// <summary>Number of access tokens that were issued and not revoked.</summary>
    public int ActiveTokens => Tokens.Count;

    public static string NewSnowflake() => Interlocked.Increment(ref lastSnowflake).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="seed">Seed of 32 bytes for a reproducible key pair.</param>
    public static async Task<DiscordStandIn> StartAsync(int port = 0, byte[]? seed = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        var key = seed is null ? Key.Create(SignatureAlgorithm.Ed25519) : Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var standIn = new DiscordStandIn(app, key);
        DiscordEndpoints.Map(app, standIn);
        await app.StartAsync();
        standIn.Root = new Uri(app.Urls.Single() + "/");

        return standIn;
    }

    /// <summary>Applies this fault to matching requests (null: all), a number of times or until <see cref="ClearFaults"/>.</summary>
    public void AddFault(DiscordFault fault, Func<DiscordRequest, bool>? when = null, int? times = null) => faults.Add(fault, when ?? (_ => true), times);

    public void ClearFaults() => faults.Clear();

    /// <summary>Grants access for the person and returns the redirect URL with the code.</summary>
    public Uri Approve(Uri authorize, DiscordPerson person) => DiscordGrant.Create(this, authorize, person);

    /// <summary>Accepts replies to an interaction with this token.</summary>
    public void Expect(string token) => Threads.TryAdd(token, []);

    /// <summary>Signs a body as Discord does.</summary>
    public (string Signature, string Timestamp) Sign(string body, DateTimeOffset? at = null)
    {
        var timestamp = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        return (Convert.ToHexStringLower(SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(timestamp + body))), timestamp);
    }

    /// <summary>Sends a signed interaction to Jarvis.</summary>
    public async Task<HttpResponseMessage> PostAsync(Uri jarvis, JsonObject interaction, DateTimeOffset? at = null, Func<string, string>? tampered = null)
    {
        var body = interaction.ToJsonString();
        var (signature, timestamp) = Sign(body, at);
        Threads.TryAdd(interaction["token"]!.GetValue<string>(), []);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(jarvis, "/discord/interactions"))
        {
            Content = new StringContent(tampered is null ? body : tampered(body), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Add("X-Signature-Ed25519", signature);
        request.Headers.Add("X-Signature-Timestamp", timestamp);

        return await http.SendAsync(request);
    }

    /// <summary>Sends an interaction and returns its immediate response.</summary>
    public async Task<JsonElement> SendAsync(Uri jarvis, JsonObject interaction)
    {
        using var response = await PostAsync(jarvis, interaction);
        var text = await response.Content.ReadAsStringAsync();

        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{(int)response.StatusCode} {text}");
    }

    /// <summary>Sends a question, waits for its answer and returns all its messages.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(Uri jarvis, JsonObject interaction, int messages = 1)
    {
        var deferral = await SendAsync(jarvis, interaction);
        if (deferral.GetProperty("type").GetInt32() != 5)
        {
            throw new InvalidOperationException($"Not deferred: {deferral}");
        }

        return await AnswerAsync(interaction, messages);
    }

    /// <summary>Waits until the interaction has this many messages and returns them.</summary>
    public async Task<IReadOnlyList<string>> AnswerAsync(JsonObject interaction, int messages = 1)
    {
        var token = interaction["token"]!.GetValue<string>();
        await WaitForAsync(() => Messages(token).Count >= messages);

        return Messages(token);
    }

    public IReadOnlyList<string> Messages(string token)
    {
        lock (gate)
        {
            return Threads.TryGetValue(token, out var thread) ? [.. thread] : [];
        }
    }

    /// <summary>Waits until this many requests match.</summary>
    public Task WaitForAsync(int count, Func<DiscordRequest, bool> when) => WaitForAsync(() => Requests.Count(when) >= count);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
        key.Dispose();
    }

    internal DiscordFault? Receive(DiscordRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
            NotifyWaiters();
        }

        return faults.Next(request);
    }

    internal void AddMessage(string token, string content, bool original)
    {
        lock (gate)
        {
            var thread = Threads.GetOrAdd(token, _ => []);
            if (original && thread.Count > 0)
            {
                thread[0] = content;
            }
            else
            {
                thread.Add(content);
            }

            NotifyWaiters();
        }
    }

    private async Task WaitForAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = arrival.Task;
            }

            if (condition())
            {
                return;
            }

            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Discord did not receive the expected request within {Timeout}. Received: {string.Join("; ", Requests.Select(request => $"{request.Method} {request.Path} {request.Text}"))}");
            }
        }
    }

    private void NotifyWaiters()
    {
        arrival.SetResult();
        arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
