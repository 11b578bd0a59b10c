using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Stand-in for a web service whose responses depend only on the request.</summary>
public abstract class HttpStandIn : RecordingStandIn<HttpStandInRequest, HttpFault>
{
    private readonly Lock gate = new();

    /// <summary>Response without a fault; called for one request at a time.</summary>
    private protected abstract HttpStandInAnswer Answer(HttpStandInRequest request);

    protected override void Map(WebApplication app) => app.Run(ServeAsync);

    protected override string Describe(HttpStandInRequest request) => $"{request.Method} {request.Path}";

    private async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        var (fault, right) = Take(request);
        await fault.ApplyAsync(context);
        var response = right ?? HttpStandInAnswer.Json(200, new { });
        context.Response.StatusCode = fault.Status ?? response.Status;
        context.Response.ContentType = fault.Body?.ContentType ?? (fault.Status is null ? response.ContentType : "text/plain");
        var body = fault.Body is { } instead ? Encoding.UTF8.GetBytes(instead.Text) : fault.Status is null ? response.Body : [];
        if (!fault.Cut)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);

            return;
        }

        context.Response.ContentLength = body.Length + 1;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private (HttpFault Fault, HttpStandInAnswer? Answer) Take(HttpStandInRequest request)
    {
        lock (gate)
        {
            var fault = Receive(request);
            var isDone = fault.AfterEffect || (fault.Status is null && fault.Body is null && !fault.Silent && !fault.Cut);

            return (fault, isDone ? Answer(request) : null);
        }
    }

    private static async Task<HttpStandInRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);

        return new HttpStandInRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
