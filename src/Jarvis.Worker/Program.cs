using Jarvis.Infrastructure.Health;
using Jarvis.Infrastructure.Modes;
using Jarvis.Worker;
using Microsoft.Extensions.Hosting;

if (HealthQuestion.IsAskedBy(args, out var address))
{
    return await HealthQuestion.AskAsync(address);
}

return await StartupRefusal.ToldAsync(async () =>
{
    await using var worker = await JarvisWorker.CreateAsync(args);
    await worker.RunAsync();
});
