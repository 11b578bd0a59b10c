using System.Collections.Concurrent;
using Jarvis.TestSupport.StandIns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Jarvis.TestSupport.Services;

/// <summary>HTTP proxy that sends each request to the next process, without affinity.</summary>
public sealed class LoadBalancer(Uri[] processes) : StandInHost
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, Uri> last = new();
    private int next = -1;

    public Uri Address => Root;

    public static Task<LoadBalancer> StartAsync(params Uri[] processes) => StartAsync(new LoadBalancer(processes));

    /// <summary>Process that received the last request to this path.</summary>
    public Uri LastOf(string path) => last[path];

    protected override void Map(WebApplication app) => app.Run(ForwardAsync);

    protected override void DisposeResources() => http.Dispose();

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
        await AnswerAsync(context, response);
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        // An answer is a stream: each chunk is forwarded at once.
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
