namespace Jarvis.TestSupport.StandIns;

internal sealed class RecaptchaCommand : StandInCommand
{
    private HttpFault fault = HttpFault.None;

    public RecaptchaCommand()
        : base("captcha", "Stand-in for reCAPTCHA; ticking the box always succeeds.", port: 11437)
    {
        AddListen();
        AddFaults(named => fault = named, HttpFault.Named);
    }

    protected override async Task RunAsync()
    {
        await using var standIn = await RecaptchaStandIn.StartAsync(Port, Everywhere);
        standIn.AddFault(fault);
        Show(standIn.BaseUrl, "Start Jarvis with these settings", string.Join(' ', standIn.Settings.Select(Variable)));
        await WaitForCancellationAsync();
    }
}
