namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of a stand-in for a web service.</summary>
public sealed record HttpFault : StandInFault<HttpFault>
{
    /// <summary>Closes the connection in the middle of the response.</summary>
    public bool Cut { get; init; }

    /// <summary>Executes the request; only the response is faulty.</summary>
    public bool AfterEffect { get; init; }

    public static HttpFault CutOff { get; } = new() { Cut = true };

    /// <summary>Faults of the command line.</summary>
    internal static Dictionary<string, HttpFault> Named => new()
    {
        ["429"] = RateLimited(TimeSpan.FromSeconds(20)),
        ["500"] = ServerError,
        ["hang"] = Silence,
        ["cut"] = CutOff,
        ["garbage"] = Garbage,
        ["html"] = HtmlPage,
        ["slow"] = Slow(TimeSpan.FromSeconds(5)),
    };
}
