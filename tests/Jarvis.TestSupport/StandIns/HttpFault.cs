namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of a stand-in for a web service. The properties combine.</summary>
public sealed record HttpFault
{
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Body instead of the normal response.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Accepts the request and never responds.</summary>
    public bool Silent { get; init; }

    /// <summary>Closes the connection in the middle of the response.</summary>
    public bool Cut { get; init; }

    /// <summary>Executes the request; only the response is faulty.</summary>
    public bool AfterEffect { get; init; }

    public static HttpFault None { get; } = new();

    public static HttpFault Silence { get; } = new() { Silent = true };

    public static HttpFault CutOff { get; } = new() { Cut = true };

    public static HttpFault Garbage { get; } = new() { Status = 200, Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    /// <summary>Response 200 with an HTML page, as a proxy's sign-in page.</summary>
    public static HttpFault HtmlPage { get; } =
        new() { Status = 200, Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static HttpFault WithStatus(int status) => new() { Status = status };

    public static HttpFault TooManyRequests(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static HttpFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>Parses the name of a fault on the command line; null for an unknown name.</summary>
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
