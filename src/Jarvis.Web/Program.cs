using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Web;

const string Migrate = "--migrate";
const string DiscordCommands = "--discord-commands";

if (HealthProbeCommand.IsRequested(args, out var address))
{
    return await HealthProbeCommand.RunAsync(address);
}

return await StartupErrorHandler.RunAsync(async () =>
{
    if (args.Contains(Migrate))
    {
        await JarvisWeb.MigrateAsync([.. args.Where(argument => argument != Migrate)]);
        Console.WriteLine("The database is up to date.");

        return;
    }

    if (args.Contains(DiscordCommands))
    {
        var count = await JarvisWeb.RegisterDiscordCommandsAsync([.. args.Where(argument => argument != DiscordCommands)]);
        Console.WriteLine($"Registered {count} commands with Discord.");

        return;
    }

    await using var app = await JarvisWeb.CreateAsync(args);
    await app.RunAsync();
});
