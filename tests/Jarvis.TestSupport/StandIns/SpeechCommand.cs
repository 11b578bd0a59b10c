namespace Jarvis.TestSupport.StandIns;

internal sealed class SpeechCommand : StandInCommand
{
    private const int SpeachesPort = 8000;
    private const int ChatterboxPort = 4123;

    private SpeechFault fault = SpeechFault.None;
    private bool isChatterbox;
    private bool isBare;

    public SpeechCommand()
        : base("speech", "Stand-in for Speaches or Chatterbox; it speaks with espeak-ng.", port: 0, $"default {SpeachesPort}, chatterbox {ChatterboxPort}")
    {
        Add("--as NAME", "speaches (default) or chatterbox", value => (isChatterbox = value == "chatterbox") || value == "speaches");
        AddListen();
        Add("--installed none", "like a new Speaches: every model must be installed first", value => isBare = value == "none");
        AddFaults(named => fault = named, new Dictionary<string, SpeechFault>
        {
            ["429"] = SpeechFault.RateLimited(TimeSpan.FromSeconds(20)),
            ["404"] = SpeechFault.WithStatus(404),
            ["500"] = SpeechFault.ServerError,
            ["hang"] = SpeechFault.Silence,
            ["slow"] = SpeechFault.Slow(TimeSpan.FromSeconds(5)),
            ["cut"] = SpeechFault.Cut(),
            ["silent"] = SpeechFault.StallsAfter(),
            ["html"] = SpeechFault.HtmlPage,
            ["endless"] = SpeechFault.NeverEnding,
        });
    }

    protected override async Task RunAsync()
    {
        await using var standIn = await SpeechStandIn.StartAsync(Port > 0 ? Port : isChatterbox ? ChatterboxPort : SpeachesPort, Everywhere, isChatterbox);
        standIn.Installed = isBare ? [] : null;
        standIn.AddFault(fault);
        Show(standIn.BaseUrl, "Start Jarvis with these settings", $"Speech__{(isChatterbox ? "Chatterbox" : "Speaches")}__BaseUrl={standIn.BaseUrl}");
        await WaitForCancellationAsync();
    }
}
