using Jarvis.Infrastructure.Modes;
using Jarvis.Worker;
using Microsoft.Extensions.Hosting;

return await StartupRefusal.ToldAsync(async () =>
{
    await using var worker = await JarvisWorker.CreateAsync(args);
    await worker.RunAsync();
});
