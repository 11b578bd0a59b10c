using Jarvis.Infrastructure.Health;
using Jarvis.Infrastructure.Modes;
using Jarvis.Web;

const string Migrate = "--migrate";

if (HealthQuestion.IsAskedBy(args, out var address))
{
    return await HealthQuestion.AskAsync(address);
}

return await StartupRefusal.ToldAsync(async () =>
{
    if (args.Contains(Migrate))
    {
        await JarvisWeb.MigrateAsync([.. args.Where(argument => argument != Migrate)]);
        Console.WriteLine("The database is at this version's form.");

        return;
    }

    await using var app = await JarvisWeb.CreateAsync(args);
    await app.RunAsync();
});
