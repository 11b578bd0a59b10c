namespace Jarvis.TestSupport.StandIns;

internal static class AzureBoardsCommand
{
    public const string Usage =
        $"""
          boards   Stand-in for Azure Boards; it stores and prints the work items. Port 11436.
        {StandInCommand.Usage}
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (StandInCommand.Read(args, port: 11436) is not { } command)
        {
            return 2;
        }

        await using var standIn = await AzureBoardsStandIn.StartAsync(command.Port, command.Everywhere);
        if (command.Fault != HttpFault.None)
        {
            standIn.AddFault(command.Fault);
        }

        Console.WriteLine($"The stand-in listens at {standIn.BaseUrl}. Start web and worker with these settings; Ctrl-C stops the stand-in:");
        Console.WriteLine("  " + string.Join(' ', standIn.Settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}='{setting.Value}'")));
        using var timer = new Timer(new ProgressReport(standIn).Report, state: null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await ConsoleCancellation.WaitAsync();

        return 0;
    }

    private sealed class ProgressReport(AzureBoardsStandIn standIn)
    {
        private int reported;

        public void Report(object? state)
        {
            for (; reported < standIn.WorkItems.Count; reported++)
            {
                var item = standIn.WorkItems[reported];
                Console.WriteLine($"Work item {item.Id}: {item.Title} ({item.Fields["Microsoft.VSTS.Common.Severity"]}, {item.Attachments.Count} attached)");
            }
        }
    }
}
