using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault that any stand-in can inject. The properties combine.</summary>
public abstract record StandInFault<TFault>
    where TFault : StandInFault<TFault>, new()
{
    /// <summary>Status of the response, with the error body of the service.</summary>
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Body of a 200 response to any request.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Accepts the request and never responds, not even with a status line.</summary>
    public bool Silent { get; init; }

    /// <summary>Delay before the headers.</summary>
    public TimeSpan Delay { get; init; }

    public static TFault None { get; } = new();

    public static TFault ServerError { get; } = WithStatus(500);

    public static TFault Silence { get; } = new() { Silent = true };

    /// <summary>Response 200 with a body that is neither JSON nor an event stream.</summary>
    public static TFault Garbage { get; } = new() { Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    /// <summary>Response 200 with an HTML page, as a proxy's sign-in page.</summary>
    public static TFault HtmlPage { get; } = new() { Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static TFault WithStatus(int status) => new() { Status = status };

    public static TFault RateLimited(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static TFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>Delays the response and adds <c>Retry-After</c>.</summary>
    internal async Task ApplyAsync(HttpContext context)
    {
        await Task.Delay(Silent ? Timeout.InfiniteTimeSpan : Delay, context.RequestAborted);
        if (RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Writes the error of the service or <see cref="Body"/>.</summary>
    /// <param name="status">Status of the error; 0 if there is none.</param>
    /// <returns>False if the response is still to be written.</returns>
    internal async Task<bool> WriteAsync(HttpContext context, int status, object error)
    {
        if (status > 0)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(error, context.RequestAborted);
        }
        else if (Body is { } body)
        {
            context.Response.ContentType = body.ContentType;
            await context.Response.WriteAsync(body.Text, context.RequestAborted);
        }

        return status > 0 || Body is not null;
    }
}
