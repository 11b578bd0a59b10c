using Jarvis.Infrastructure.Modes;
using Jarvis.Web;

const string Migrate = "--migrate";

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
