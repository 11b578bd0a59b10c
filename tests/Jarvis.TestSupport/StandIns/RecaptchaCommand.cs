namespace Jarvis.TestSupport.StandIns;

internal static class RecaptchaCommand
{
    public const string Usage =
        $"""
          captcha   Stand-in for reCAPTCHA; ticking the box always succeeds. Port 11437.
        {StandInCommand.Usage}
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (StandInCommand.Read(args, port: 11437) is not { } command)
        {
            return 2;
        }

        await using var standIn = await RecaptchaStandIn.StartAsync(command.Port, command.Everywhere);
        if (command.Fault != HttpFault.None)
        {
            standIn.AddFault(command.Fault);
        }

        Console.WriteLine($"The stand-in listens at {standIn.BaseUrl}. Start Jarvis with these settings; Ctrl-C stops the stand-in:");
        Console.WriteLine("  " + string.Join(' ', standIn.Settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}")));
        await ConsoleCancellation.WaitAsync();

        return 0;
    }
}
