using Jarvis.Web;
using Jarvis.Web.Hosting;

try
{
    await using var app = await JarvisWeb.CreateAsync(args);
    await app.RunAsync();

    return 0;
}
catch (Exception exception) when (StartupRefusal.For(exception) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);

    return 1;
}
