using System.Net;
using System.Text.Json.Nodes;
using Jarvis.Domain.BugReports;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Creates the JSON patch (RFC 6902) that creates a work item from a report.</summary>
internal static class WorkItemPatch
{
    /// <summary>Creates the tag that finds the work item again if the response to its creation was lost.</summary>
    public static string CreateTag(BugReport report) => $"jarvis-{report.Id.Value:N}";

    /// <param name="attachment">URL of the uploaded screenshot.</param>
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

    // The allowed values of the field.
    private static string MapSeverity(BugSeverity severity) => severity switch
    {
        BugSeverity.Critical => "1 - Critical",
        BugSeverity.High => "2 - High",
        BugSeverity.Medium => "3 - Medium",
        BugSeverity.Low => "4 - Low",
    };

    // The field contains HTML, and the report contains plain text.
    private static string Html(string text) => $"<div>{WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal)}</div>";

    private static JsonObject Field(string name, string value) => Operation($"/fields/{name}", value);

    private static JsonObject Operation(string path, JsonNode value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };
}
