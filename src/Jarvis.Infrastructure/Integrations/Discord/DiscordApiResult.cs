using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Result of a call to Discord after all retries.</summary>
internal abstract record DiscordApiResult
{
    private DiscordApiResult()
    {
    }

    /// <param name="Body">JSON of the response; undefined if the response contains none.</param>
    public sealed record Success(JsonElement Body) : DiscordApiResult;

    /// <param name="Code">Discord's error code; 0 if the response contains none.</param>
    /// <param name="Body">JSON of the response; undefined if the response contains none.</param>
    public sealed record Rejected(HttpStatusCode Status, int Code, JsonElement Body) : DiscordApiResult;

    /// <summary>The rate limit lasts longer than the caller waits.</summary>
    public sealed record RateLimited(TimeSpan Wait) : DiscordApiResult;

    /// <summary>Discord didn't respond, or responded with a server error.</summary>
    /// <param name="Reason">For the log.</param>
    public sealed record Unavailable(string Reason, ServiceFault Fault) : DiscordApiResult;
}
