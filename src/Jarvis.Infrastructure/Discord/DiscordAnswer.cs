using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Discord;

/// <summary>What came of one call to Discord, after all waiting and trying again.</summary>
internal abstract record DiscordAnswer
{
    private DiscordAnswer()
    {
    }

    /// <param name="Body">Undefined where there is none, or it is no JSON.</param>
    public sealed record Taken(JsonElement Body) : DiscordAnswer;

    /// <param name="Code">Discord's own number for it; 0 where it gave none.</param>
    /// <param name="Body">Undefined where there is none, or it is no JSON.</param>
    public sealed record Refused(HttpStatusCode Status, int Code, JsonElement Body) : DiscordAnswer;

    /// <summary>Discord wants to be left alone for longer than the caller would wait.</summary>
    public sealed record Limited(TimeSpan Wait) : DiscordAnswer;

    /// <summary>It did not answer, or not sensibly.</summary>
    /// <param name="Reason">For the log.</param>
    public sealed record Away(string Reason, OutsideFault Fault) : DiscordAnswer;
}
