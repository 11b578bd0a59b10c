using System.Net;
using System.Text.Json.Nodes;
using Jarvis.Domain.BugReports;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>A report as the JSON patch (RFC 6902) that makes a work item of it.</summary>
internal static class WorkItemPatch
{
    /// <summary>Finds the work item of a report whatever became of the answer to its making.</summary>
    public static string CreateTag(BugReport report) => $"jarvis-{report.Id.Value:N}";

    /// <param name="attachment">What the picture was uploaded to.</param>
    public static JsonArray Create(BugReport report, string? attachment)
    {
        var patch = new JsonArray(
            Field("System.Title", report.Title),
            Field("Microsoft.VSTS.TCM.ReproSteps", Html(report.Description)),
            Field("Microsoft.VSTS.Common.Severity", MapSeverity(report.Severity)),
            Field("Microsoft.VSTS.TCM.SystemInfo", Html($"Jarvis {report.Version}\nTrace {report.TraceId ?? "–"}")),
            Field("System.Tags", $"Jarvis; {CreateTag(report)}"));
        if (attachment is not null)
        {
            patch.Add(Operation("/relations/-", new JsonObject { ["rel"] = "AttachedFile", ["url"] = attachment }));
        }

        return patch;
    }

    // As the fields' lists of allowed values have them.
    private static string MapSeverity(BugSeverity severity) => severity switch
    {
        BugSeverity.Critical => "1 - Critical",
        BugSeverity.High => "2 - High",
        BugSeverity.Medium => "3 - Medium",
        BugSeverity.Low => "4 - Low",
    };

    // The field is HTML, and what somebody wrote is not.
    private static string Html(string text) => $"<div>{WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal)}</div>";

    private static JsonObject Field(string name, string value) => Operation($"/fields/{name}", value);

    private static JsonObject Operation(string path, JsonNode value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };
}
