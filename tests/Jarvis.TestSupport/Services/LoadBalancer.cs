using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.Services;

/// <summary>Round-robin proxy without affinity: each request goes to the next process.</summary>
public sealed class LoadBalancer : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, Uri> last = new();
    private readonly Uri[] processes;
    private readonly WebApplication app;
    private int next = -1;

    private LoadBalancer(Uri[] processes)
    {
        this.processes = processes;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        app = builder.Build();
        app.Run(ForwardAsync);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<LoadBalancer> StartAsync(params Uri[] processes)
    {
        var proxy = new LoadBalancer(processes);
        await proxy.app.StartAsync();
        proxy.Address = new Uri(proxy.app.Urls.Single());

        return proxy;
    }

    /// <summary>Returns the process that received the last request of this path.</summary>
    public Uri LastOf(string path) => last[path];

    public async ValueTask DisposeAsync()
    {
        using var immediately = new CancellationTokenSource();
        await immediately.CancelAsync();
        await app.StopAsync(immediately.Token);
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var process = processes[(uint)Interlocked.Increment(ref next) % processes.Length];
        last[context.Request.Path] = process;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(process, context.Features.Get<IHttpRequestFeature>()!.RawTarget));
        request.Content = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? new StreamContent(context.Request.Body) : null;
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        await CopyResponseAsync(context, response);
    }

    private static async Task CopyResponseAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        // Flushes each chunk, because an answer is a stream.
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
