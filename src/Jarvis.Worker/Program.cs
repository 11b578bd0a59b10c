using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Worker;
using Microsoft.Extensions.Hosting;

if (HealthProbeCommand.IsRequested(args, out var address))
{
    return await HealthProbeCommand.RunAsync(address);
}

return await StartupErrorHandler.RunAsync(async () =>
{
    await using var worker = await JarvisWorker.CreateAsync(args);
    await worker.RunAsync();
});
