using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Base of the stand-ins for web services: serves real HTTP on the loopback address, records the requests and injects faults. The fault
/// added last applies first.
/// </summary>
internal sealed class HttpStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<HttpStandInRequest, HttpStandInAnswer> answer;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<HttpStandInRequest> requests = [];
    private readonly FaultRules<HttpStandInRequest, HttpFault> faults = new();
    private int disposed;

    private HttpStandIn(WebApplication app, Func<HttpStandInRequest, HttpStandInAnswer> answer) => (this.app, this.answer) = (app, answer);

    public Uri Address => new(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    public IReadOnlyList<HttpStandInRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <param name="answer">Response without a fault; handles one request at a time.</param>
    public static async Task<HttpStandIn> StartAsync(Func<HttpStandInRequest, HttpStandInAnswer> answer, int port, bool everywhere)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(everywhere ? IPAddress.Any : IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        var standIn = new HttpStandIn(app, answer);
        app.Run(standIn.ServeAsync);
        await app.StartAsync();

        return standIn;
    }

    public void AddFault(HttpFault fault, Func<HttpStandInRequest, bool>? when, int? times) => faults.Add(fault, when ?? (_ => true), times);

    public void ClearFaults() => faults.Clear();

    /// <summary>Removes the requests and faults of an earlier test.</summary>
    public void Reset()
    {
        faults.Clear();
        lock (gate)
        {
            requests.Clear();
        }
    }

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
        stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        try
        {
            await ServeAsync(context, ending.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task ServeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(context, cancellationToken);
        var (fault, right) = Take(request);
        await Task.Delay(fault.Silent ? Timeout.InfiniteTimeSpan : fault.Delay, cancellationToken);
        if (fault.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        var response = right ?? HttpStandInAnswer.Json(200, new { });
        context.Response.StatusCode = fault.Status ?? response.Status;
        context.Response.ContentType = fault.Body?.ContentType ?? (fault.Status is null ? response.ContentType : "text/plain");
        var body = fault.Body is { } instead ? System.Text.Encoding.UTF8.GetBytes(instead.Text) : fault.Status is null ? response.Body : [];
        if (!fault.Cut)
        {
            await context.Response.Body.WriteAsync(body, cancellationToken);

            return;
        }

        context.Response.ContentLength = body.Length + 1;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        context.Abort();
    }

    private (HttpFault Fault, HttpStandInAnswer? Answer) Take(HttpStandInRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
            var fault = faults.Next(request) ?? HttpFault.None;
            var isDone = fault.AfterEffect || (fault.Status is null && fault.Body is null && !fault.Silent && !fault.Cut);

            return (fault, isDone ? answer(request) : null);
        }
    }

    private static async Task<HttpStandInRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);

        return new HttpStandInRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
