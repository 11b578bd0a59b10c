namespace Jarvis.Web.Tests.BugReports;

public sealed class BugReportNotificationTests
{
    [Fact]
    public async Task Rejected_reports_are_notified_in_Discord_once_without_their_text()
    {
        await using var boards = await AzureBoardsStandIn.StartAsync();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync(
        [
            .. boards.Settings.Concat(discord.Settings).Concat(BugTrackerFixture.ShortDelays).Select(setting => (setting.Key, (string?)setting.Value)),
            ("AzureBoards:PersonalAccessToken", "not-the-one"),
        ]);
        using var person = await JarvisClient.RegisterAsync(host);

        foreach (var title in new[] { "First", "Second" })
        {
            var id = await BugTrackerFixture.ReportAsync(person, title, "My own words");
            await BugTrackerFixture.UntilAsync(person, id, report => report.Text("status") == "refused");
        }

        await discord.WaitForAsync(1, request => request.IsNotice && request.Content.Contains("Azure Boards rejects bug reports", StringComparison.Ordinal));
        var text = string.Concat(discord.Notices.Select(notice => notice.Content));
        System.Text.RegularExpressions.Regex.Count(text, "Azure Boards rejects").Should().Be(1);
        text.Should().Contain("unauthorized").And.NotContain("My own words").And.NotContain("not-the-one");
    }
}
