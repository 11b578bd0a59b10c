namespace Jarvis.TestSupport.StandIns;

internal sealed class OpenAiCommand : StandInCommand
{
    private OpenAiFault fault = OpenAiFault.None;
    private TimeSpan delay;

    public OpenAiCommand()
        : base("openai", "Stand-in for an OpenAI-compatible server; it repeats the prompt.", port: 11435)
    {
        AddListen();
        AddFaults(named => fault = named, new Dictionary<string, OpenAiFault>
        {
            ["429"] = OpenAiFault.RateLimited(TimeSpan.FromSeconds(20)),
            ["500"] = OpenAiFault.ServerError,
            ["hang"] = OpenAiFault.Silence,
            ["cut"] = OpenAiFault.CutAfter(3),
            ["garbage"] = OpenAiFault.Garbage,
            ["slow"] = OpenAiFault.SlowTokens(TimeSpan.FromMilliseconds(500)),
        });
        Add("--token-delay-ms N", "delay of each word", milliseconds => delay = TimeSpan.FromMilliseconds(milliseconds));
    }

    protected override async Task RunAsync()
    {
        await using var standIn = await OpenAiStandIn.StartAsync(Port, Everywhere);
        standIn.TokenDelay = delay;
        standIn.AddFault(fault);
        Show(
            standIn.BaseUrl,
            "Start Jarvis with one of these settings",
            $"LocalLlm__BaseUrl={standIn.BaseUrl}",
            $"OpenAI__BaseUrl={standIn.BaseUrl} OpenAI__ApiKey=any",
            $"AzureOpenAI__Endpoint={standIn.Root} AzureOpenAI__ApiKey=any AzureOpenAI__Deployments=stand-in");
        await WaitForCancellationAsync();
    }
}
