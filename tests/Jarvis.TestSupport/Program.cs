using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.TestSupport.Services;
using Jarvis.TestSupport.StandIns;

if (HealthProbeCommand.IsRequested(args, out var address))
{
    return await HealthProbeCommand.RunAsync(address);
}

// Stand-ins for external services, to try Jarvis without accounts.
switch (args)
{
    case ["openai", .. var rest]:
        return await OpenAiCommand.RunAsync(rest);
    case ["discord", .. var rest]:
        return await DiscordCommand.RunAsync(rest);
    case ["speech", .. var rest]:
        return await SpeechCommand.RunAsync(rest);
    case ["boards", .. var rest]:
        return await AzureBoardsCommand.RunAsync(rest);
    case ["captcha", .. var rest]:
        return await RecaptchaCommand.RunAsync(rest);
    case ["garnet", var directory]:
        return await GarnetCommand.RunAsync(directory);
    default:
        Console.WriteLine($"dotnet run --project tests/Jarvis.TestSupport -- STAND-IN [OPTIONS]\n\n{OpenAiCommand.Usage}\n{DiscordCommand.Usage}\n{SpeechCommand.Usage}\n{AzureBoardsCommand.Usage}\n{RecaptchaCommand.Usage}");

        return args is [] or ["help" or "--help"] ? 0 : 2;
}
