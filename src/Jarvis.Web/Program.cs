using Jarvis.Infrastructure.Embedded;
using Jarvis.Web;

try
{
    await using var app = await JarvisWeb.CreateAsync(args);
    await app.RunAsync();

    return 0;
}
catch (StartupException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);

    return 1;
}
