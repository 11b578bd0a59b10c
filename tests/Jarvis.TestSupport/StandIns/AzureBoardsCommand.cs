namespace Jarvis.TestSupport.StandIns;

internal static class AzureBoardsCommand
{
    public const string Usage =
        $"""
          boards   A stand-in for Azure Boards: it keeps the work items that it is sent, and tells about each. Port 11436.
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

        Console.WriteLine($"The stand-in listens at {standIn.BaseUrl}. Give Jarvis this, web and worker alike, and end it with Ctrl-C:");
        Console.WriteLine("  " + string.Join(' ', standIn.Settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}='{setting.Value}'")));
        using var told = new Timer(new ProgressReport(standIn).Tell, state: null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await ConsoleCancellation.WaitAsync();

        return 0;
    }

    private sealed class ProgressReport(AzureBoardsStandIn standIn)
    {
        private int told;

        public void Tell(object? state)
        {
            for (; told < standIn.WorkItems.Count; told++)
            {
                var item = standIn.WorkItems[told];
                Console.WriteLine($"Work item {item.Id}: {item.Title} ({item.Fields["Microsoft.VSTS.Common.Severity"]}, {item.Attachments.Count} attached)");
            }
        }
    }
}
