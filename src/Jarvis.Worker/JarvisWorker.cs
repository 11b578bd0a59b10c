using Jarvis.Application;
using Jarvis.Infrastructure;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>The worker as a process of its own, put together: for Program, and for tests that host it in their process.</summary>
public static class JarvisWorker
{
    private const string DefaultAddress = "http://localhost:5081";

    /// <exception cref="StartupException">It cannot start; the message says in one line why and what to do.</exception>
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

            // Before the host starts, which would report a wrong setting with all its stack.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.EnsureMigratedAsync();
            app.MapHealth();

            return app;
        }
        catch
        {
            await mode.DisposeAsync();
            throw;
        }
    }

    private static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new { status = "live" });
        routes.MapGet("/health/ready", async (Readiness readiness, WorkerHealth worker, CancellationToken cancellationToken) =>
            Readiness.Report([.. await readiness.CheckAsync(cancellationToken), worker.ToHealthCheckResult(isNeeded: true)]));
    }
}
