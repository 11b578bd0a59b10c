using Jarvis.Application;
using Jarvis.Infrastructure;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Infrastructure.Hosting.Telemetry;
using Jarvis.Infrastructure.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>Builds the standalone worker, for Program and for tests that host it in their process.</summary>
public static class JarvisWorker
{
    private const string DefaultAddress = "http://localhost:5081";

    /// <exception cref="StartupException">The worker can't start; the message states the reason and the remedy in one line.</exception>
    public static async Task<WebApplication> CreateAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(JarvisWorker).Assembly.GetName().Name });
        builder.Configuration.AddLogDefaults();
        builder.WebHost.UseDefaultUrl(DefaultAddress);

        var mode = HostingMode.Start(builder.Configuration);
        try
        {
            if (mode.IsSingleProcess)
            {
                throw new StartupException(
                    "In embedded mode, the worker runs inside Jarvis.Web, so a separate one isn't needed. For server mode set ConnectionStrings:Postgres and ConnectionStrings:Redis.");
            }

            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddJarvisApplication();
            builder.Services.AddTelemetry(builder.Configuration, "jarvis-worker");
            builder.Services.AddJarvisInfrastructure(builder.Configuration, mode);
            builder.Services.AddJarvisWorker(builder.Configuration);
            builder.Services.AddHostedService<WorkerStartupLogger>();

            var app = builder.Build();

            // Validate before the host starts, which would report an invalid setting with its whole stack trace.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.EnsureMigratedAsync();
            app.MapGroup("/health").MapHealth();

            return app;
        }
        catch
        {
            await mode.DisposeAsync();
            throw;
        }
    }
}
