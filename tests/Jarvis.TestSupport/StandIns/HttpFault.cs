namespace Jarvis.TestSupport.StandIns;

/// <summary>One way in which a stand-in for a web service goes wrong. The properties combine.</summary>
public sealed record HttpFault
{
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>In the place of the answer.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Takes the request and never answers.</summary>
    public bool Silent { get; init; }

    /// <summary>Closes the connection in the middle of the answer.</summary>
    public bool Cut { get; init; }

    /// <summary>What was asked for is done all the same; only the answer goes wrong.</summary>
    public bool AfterEffect { get; init; }

    public static HttpFault None { get; } = new();

    public static HttpFault Silence { get; } = new() { Silent = true };

    public static HttpFault CutOff { get; } = new() { Cut = true };

    public static HttpFault Garbage { get; } = new() { Status = 200, Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    /// <summary>200 with a page, as a proxy's sign-in does.</summary>
    public static HttpFault HtmlPage { get; } =
        new() { Status = 200, Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static HttpFault WithStatus(int status) => new() { Status = status };

    public static HttpFault TooManyRequests(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static HttpFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>As a person names them at a command line; null for any other name.</summary>
    public static HttpFault? Named(string name) => name switch
    {
        "429" => TooManyRequests(TimeSpan.FromSeconds(20)),
        "500" => WithStatus(500),
        "hang" => Silence,
        "cut" => CutOff,
        "garbage" => Garbage,
        "html" => HtmlPage,
        "slow" => Slow(TimeSpan.FromSeconds(5)),
        _ => null,
    };
}
