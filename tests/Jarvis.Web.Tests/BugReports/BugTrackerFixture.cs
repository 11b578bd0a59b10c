using System.Text.Json;

namespace Jarvis.Web.Tests.BugReports;

/// <summary>Jarvis with a bug tracker for the tests of a class; its delays are shorter than the defaults.</summary>
public sealed class BugTrackerFixture : IAsyncLifetime
{
    public static readonly (string Key, string Value)[] ShortDelays =
    [
        ("BugReports:Lease", "00:00:04"),
        ("BugReports:RetryDelay", "00:00:01"),
        ("BugReports:MaxRetryDelay", "00:00:01"),
    ];

    public JarvisHost Host { get; private set; } = null!;

    public AzureBoardsStandIn Boards { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Boards = await AzureBoardsStandIn.StartAsync();
        Host = await JarvisHost.StartAsync([.. Boards.Settings, .. ShortDelays]);
    }

    public static async Task<string> ReportAsync(JarvisClient person, string title, string description = "It breaks.", string severity = "medium") =>
        (await person.SendAsync(HttpMethod.Post, "/bug-reports", new { title, description, severity })).Text("id");

    /// <summary>Waits until the report has this status and returns it.</summary>
    public static Task<JsonElement> UntilAsync(JarvisClient person, string id, Func<JsonElement, bool> condition) => JarvisClient.UntilAsync(
        async () => (await person.GetAsync("/bug-reports")).Items().Single(report => report.Text("id") == id),
        condition);

    public static Task<JsonElement> WaitUntilSentAsync(JarvisClient person, string id) => UntilAsync(person, id, report => report.Text("status") == "sent");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Boards.DisposeAsync();
    }
}
