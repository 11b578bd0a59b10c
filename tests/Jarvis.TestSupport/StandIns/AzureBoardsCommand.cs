namespace Jarvis.TestSupport.StandIns;

internal sealed class AzureBoardsCommand : StandInCommand
{
    private HttpFault fault = HttpFault.None;
    private int reported;

    public AzureBoardsCommand()
        : base("boards", "Stand-in for Azure Boards; it stores and prints the work items.", port: 11436)
    {
        AddListen();
        AddFaults(named => fault = named, HttpFault.Named);
    }

    protected override async Task RunAsync()
    {
        await using var standIn = await AzureBoardsStandIn.StartAsync(Port, Everywhere);
        standIn.AddFault(fault);
        Show(standIn.BaseUrl, "Start web and worker with these settings", string.Join(' ', standIn.Settings.Select(setting => Variable((setting.Key, $"'{setting.Value}'")))));
        using var timer = new Timer(_ => Report(standIn.WorkItems), state: null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await WaitForCancellationAsync();
    }

    private void Report(IReadOnlyList<AzureWorkItem> items)
    {
        for (; reported < items.Count; reported++)
        {
            var item = items[reported];
            Console.WriteLine($"Work item {item.Id}: {item.Title} ({item.Fields["Microsoft.VSTS.Common.Severity"]}, {item.Attachments.Count} attached)");
        }
    }
}
