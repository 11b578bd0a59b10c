using Jarvis.Application;
using Jarvis.Application.Conversations;
using Jarvis.Infrastructure;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Hosting.Telemetry;
using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Web.Accounts;
using Jarvis.Web.Api;
using Jarvis.Web.Discord;
using Jarvis.Web.Errors;
using Jarvis.Web.Hosting;
using Jarvis.Web.Pages.Chat;
using Jarvis.Web.Preferences;
using Jarvis.Web.RateLimiting;
using Jarvis.Web.Rendering;
using Jarvis.Web.Uploads;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Jarvis.Web;

/// <summary>Builds the web application, for Program and for tests that host it in their process.</summary>
public static class JarvisWeb
{
    // The usual port 5000 is reserved by the system on some machines.
    private const string DefaultAddress = "http://localhost:5080";

    /// <exception cref="StartupException">Jarvis can't start; the message states the reason and the remedy in one line.</exception>
    public static async Task<WebApplication> CreateAsync(string[] args, string? contentRoot = null)
    {
        var builder = CreateBuilder(args, contentRoot);
        builder.WebHost.UseDefaultUrl(DefaultAddress);
        builder.WebHost.ConfigureRequestLimits();
        builder.Host.ConfigureHostOptions(options => options.ShutdownTimeout = AnswerShutdownService.Timeout + TimeSpan.FromSeconds(5));

        var mode = HostingMode.Start(builder.Configuration);
        try
        {
            builder.AddJarvis(mode);
            var app = builder.Build();

            // Validate before the host starts, which would report an invalid setting with its whole stack trace.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.PrepareDatabaseAsync(mode);
            app.UseJarvis();

            return app;
        }
        catch
        {
            await mode.DisposeAsync();
            throw;
        }
    }

    /// <summary>Migrates a server's database to this version, without starting the application.</summary>
    /// <exception cref="StartupException">The command failed; the message states the reason and the remedy in one line.</exception>
    public static async Task MigrateAsync(string[] args)
    {
        var builder = CreateBuilder(args, contentRoot: null);
        await using var mode = HostingMode.Start(builder.Configuration);
        builder.Services.AddJarvisInfrastructure(builder.Configuration, mode).AddJarvisSessions();
        await using var app = builder.Build();
        await app.Services.MigrateAsync();
        app.Services.EnsureDataProtectionKey();
    }

    /// <summary>Registers the commands with Discord. It opens no database, so it can run while Jarvis runs.</summary>
    /// <returns>Number of registered commands.</returns>
    /// <exception cref="StartupException">The command failed; the message states the reason and the remedy in one line.</exception>
    public static async Task<int> RegisterDiscordCommandsAsync(string[] args)
    {
        var builder = CreateBuilder(args, contentRoot: null);
        builder.Services.AddDiscordCommands(builder.Configuration);
        await using var app = builder.Build();

        return await app.Services.RegisterDiscordCommandsAsync();
    }

    private static WebApplicationBuilder CreateBuilder(string[] args, string? contentRoot)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(JarvisWeb).Assembly.GetName().Name,
            ContentRootPath = contentRoot,
        });
        builder.Configuration.AddLogDefaults();

        return builder;
    }

    private static void AddJarvis(this WebApplicationBuilder builder, HostingMode mode)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddJarvisApplication();
        services.AddTelemetry(configuration, "jarvis-web");
        services.AddJarvisInfrastructure(configuration, mode);
        services.AddJarvisSessions();
        if (mode.IsSingleProcess)
        {
            // Chat works without the worker, so a stuck worker does not make the web process unhealthy.
            services.AddJarvisWorker(configuration, HealthStatus.Degraded);
        }

        services.AddJarvisAuthentication();
        services.AddJarvisErrors();
        services.AddRazorPages();
        services.AddLargeForms();
        services.AddScoped<ChatViewBuilder>();
        services.AddJarvisApi();
        services.AddJarvisLimits(configuration);
        services.AddDiscordWeb();
        services.AddSingleton<MarkdownRenderer>();
        services.AddJarvisLocalization();
        services.AddJarvisHosting();
        services.AddTrustedProxies(configuration);
    }

    private static async Task PrepareDatabaseAsync(this IServiceProvider services, HostingMode mode)
    {
        if (!mode.IsSingleProcess)
        {
            await services.EnsureMigratedAsync();

            return;
        }

        await services.MigrateAsync();

        // This process is the only one that uses the data, so a stopped process left the pending turns.
        await using var scope = services.CreateAsyncScope();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FailAbandonedTurns(StaleBefore: now, ForceBefore: null));
    }

    // The order matters: each middleware wraps those after it.
    private static void UseJarvis(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseJarvisErrors();
        app.UseResponseCompression();
        app.UseJarvisStaticFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseUnverifiedSessionCheck();
        app.UseAuthorization();
        app.UseMiddleware<ApiAntiforgery>();
        app.UseRateLimiter();

        app.MapRazorPages();
        app.MapChatApi();
        app.MapMemoryApi();
        app.MapImportApi();
        app.MapSettingsApi();
        app.MapModelsApi();
        app.MapSpeechApi();
        app.MapTokensApi();
        app.MapBugReportsApi();
        app.MapDiscordApi();
        app.MapHealthApi();

        // Without a fallback endpoint, an unknown URL would redirect an anonymous user to the sign-in page.
        app.MapFallback(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;

            return Task.CompletedTask;
        }).AllowAnonymous();
    }
}
