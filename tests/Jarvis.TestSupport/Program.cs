using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.TestSupport.Services;
using Jarvis.TestSupport.StandIns;

if (HealthProbeCommand.IsRequested(args, out var address))
{
    return await HealthProbeCommand.RunAsync(address);
}

// Stand-ins for external services, to try Jarvis without accounts.
StandInCommand[] standIns = [new OpenAiCommand(), new DiscordCommand(), new SpeechCommand(), new AzureBoardsCommand(), new RecaptchaCommand()];
switch (args)
{
    case [var name, .. var rest] when standIns.FirstOrDefault(standIn => standIn.Name == name) is { } command:
        return await command.RunAsync(rest);
    case ["garnet", var directory]:
        return await GarnetCommand.RunAsync(directory);
    default:
        Console.WriteLine($"dotnet run --project tests/Jarvis.TestSupport -- STAND-IN [OPTIONS]\n\n{string.Join('\n', standIns.Select(standIn => standIn.Usage))}");

        return args is [] or ["help" or "--help"] ? 0 : 2;
}
