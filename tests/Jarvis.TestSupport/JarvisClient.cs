using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport;

/// <summary>User of Jarvis over HTTP, as a browser or a program: forms, cookies, the antiforgery header.</summary>
public sealed partial class JarvisClient(HttpClient http) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private CookieContainer cookies = new();

    public HttpClient Http => http;

    public string Username { get; private set; } = "";

    /// <summary>Value of the page's <c>csrf-token</c>; empty if the client uses a personal access token.</summary>
    public string CsrfToken { get; set; } = "";

    /// <summary>Registers an account with the form and signs it in.</summary>
    public static Task<JarvisClient> RegisterAsync(JarvisHost host, string? username = null) => RegisterAsync(host.BaseAddress, username);

    public static async Task<JarvisClient> RegisterAsync(Uri address, string? username = null)
    {
        var client = NewBrowser(address, username ?? "person-" + Guid.NewGuid().ToString("N")[..12]);
        using var response = await client.PostFormAsync("/account/register", new()
        {
            ["Username"] = client.Username,
            ["Email"] = client.Username + "@example.org",
            ["Password"] = Secrets.Password,
        });
        await ExpectAsync(response, HttpStatusCode.Redirect);
        await client.LoadCsrfTokenAsync();

        return client;
    }

    /// <summary>Signs in from another browser, or after a restart.</summary>
    public static Task<JarvisClient> SignInAsync(JarvisHost host, string username) => SignInAsync(host.BaseAddress, username);

    public static async Task<JarvisClient> SignInAsync(Uri address, string username)
    {
        var client = NewBrowser(address, username);
        using var response = await client.PostFormAsync("/account/login", new() { ["Login"] = username, ["Password"] = Secrets.Password });
        await ExpectAsync(response, HttpStatusCode.Redirect);
        await client.LoadCsrfTokenAsync();

        return client;
    }

    /// <summary>Creates a client for the same user with a personal access token.</summary>
    public async Task<JarvisClient> WithTokenAsync(JarvisHost host, DateTimeOffset? expiresAt = null) =>
        WithToken(host.BaseAddress, Username, await CreateTokenAsync(expiresAt));

    /// <summary>Creates a client with a personal access token.</summary>
    public static JarvisClient WithToken(Uri address, string username, string token)
    {
        var client = new JarvisClient(CreateHttp(address)) { Username = username };
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return client;
    }

    public async Task<string> CreateTokenAsync(DateTimeOffset? expiresAt = null) =>
        (await SendAsync(HttpMethod.Post, "/tokens", new { name = "test", expiresAt })).GetProperty("token").GetString()!;

    public async Task<HttpResponseMessage> PostFormAsync(string path, Dictionary<string, string> fields)
    {
        var page = await http.GetStringAsync(path);
        fields["__RequestVerificationToken"] = WebUtility.HtmlDecode(FormToken.Match(page).Groups[1].Value);

        return await http.PostAsync(path, new FormUrlEncodedContent(fields));
    }

    public async Task LoadCsrfTokenAsync() =>
        CsrfToken = WebUtility.HtmlDecode(MetaToken.Match(await http.GetStringAsync("/")).Groups[1].Value);

    public HttpRequestMessage Request(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (CsrfToken.Length > 0)
        {
            request.Headers.Add("X-CSRF-TOKEN", CsrfToken);
        }

        return request;
    }

    public Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, object? body = null) => http.SendAsync(Request(method, path, body));

    /// <summary>Expects success and returns the JSON; undefined if the response has no content.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await RawAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        foreach (var token in AccessToken.EnumerateMatches(text))
        {
            GeneratedSecrets.Register("personal access token", text.Substring(token.Index, token.Length));
        }

        return response.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<JsonElement> AskAsync(string prompt, Guid? conversationId = null) =>
        SendAsync(HttpMethod.Post, "/chat/ask", new { conversationId, prompt });

    /// <summary>Starts a stream; the caller may read its events.</summary>
    public Task<HttpResponseMessage> StartStreamAsync(string prompt, Guid? conversationId = null, string query = "")
    {
        var request = Request(HttpMethod.Post, "/chat/ask" + query, new { conversationId, prompt });
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Reads a whole stream: the names and data of its events.</summary>
    public async Task<IReadOnlyList<(string Event, JsonElement Data)>> StreamAsync(string prompt, Guid? conversationId = null, string query = "")
    {
        using var response = await StartStreamAsync(prompt, conversationId, query);
        await using var body = await response.Content.ReadAsStreamAsync();
        var events = new List<(string, JsonElement)>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            events.Add((item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data)));
        }

        return events;
    }

    public async Task<JsonElement[]> TurnsAsync(Guid conversation) =>
        [.. (await GetAsync($"/chat/conversations/{conversation}/turns")).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement[]> MemoriesAsync() => [.. (await GetAsync("/memory/items")).GetProperty("items").EnumerateArray()];

    /// <summary>Waits until memory has processed all answered turns of the conversation.</summary>
    public Task<JsonElement> WaitForMemoryAsync(Guid conversation) => UntilAsync(
        () => GetAsync($"/memory/status?conversationId={conversation}"),
        status => status.GetProperty("turnsBehind").GetInt32() == 0 && status.GetProperty("state").GetString() == "idle");

    /// <summary>Polls until the condition holds; the failure shows the last value.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition did not hold within {Timeout}. Last value: {value}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>
    /// Creates a client for the same browser at another address of the same Jarvis: cookies depend on the host, not on the port.
    /// </summary>
    public JarvisClient At(Uri address) => new(CreateHttp(address, cookies)) { cookies = cookies, Username = Username, CsrfToken = CsrfToken };

    /// <summary>Creates a new browser: its own cookie jar, no redirects followed.</summary>
    public static HttpClient CreateHttp(Uri address) => CreateHttp(address, new CookieContainer());

    private static JarvisClient NewBrowser(Uri address, string username)
    {
        var cookies = new CookieContainer();

        return new JarvisClient(CreateHttp(address, cookies)) { cookies = cookies, Username = username };
    }

    private static HttpClient CreateHttp(Uri address, CookieContainer cookies) => new(new CookieCaptureHandler(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }))
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    private static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        if (response.StatusCode != expected)
        {
            throw new InvalidOperationException(
                $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    [GeneratedRegex("jrv_[A-Za-z0-9_-]{43}")]
    private static partial Regex AccessToken { get; }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex FormToken { get; }

    [GeneratedRegex("""<meta name="csrf-token" content="([^"]+)""")]
    private static partial Regex MetaToken { get; }
}
