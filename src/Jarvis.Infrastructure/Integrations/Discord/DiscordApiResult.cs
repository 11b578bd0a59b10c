using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>What came of one call to Discord, after all waiting and trying again.</summary>
internal abstract record DiscordApiResult
{
    private DiscordApiResult()
    {
    }

    /// <param name="Body">Undefined where there is none, or it is no JSON.</param>
    public sealed record Success(JsonElement Body) : DiscordApiResult;

    /// <param name="Code">Discord's own number for it; 0 where it gave none.</param>
    /// <param name="Body">Undefined where there is none, or it is no JSON.</param>
    public sealed record Rejected(HttpStatusCode Status, int Code, JsonElement Body) : DiscordApiResult;

    /// <summary>Discord wants to be left alone for longer than the caller would wait.</summary>
    public sealed record RateLimited(TimeSpan Wait) : DiscordApiResult;

    /// <summary>It did not answer, or not sensibly.</summary>
    /// <param name="Reason">For the log.</param>
    public sealed record Unavailable(string Reason, ServiceFault Fault) : DiscordApiResult;
}
