using Jarvis.Application;
using Jarvis.Application.Conversations;
using Jarvis.Infrastructure;
using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Telemetry;
using Jarvis.Web.Accounts;
using Jarvis.Web.Api;
using Jarvis.Web.Discord;
using Jarvis.Web.Errors;
using Jarvis.Web.Hosting;
using Jarvis.Web.RateLimiting;
using Jarvis.Web.Pages.Chat;
using Jarvis.Web.Rendering;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.Options;

namespace Jarvis.Web;

/// <summary>The web application, put together: for Program, and for tests that host it in their process.</summary>
public static class JarvisWeb
{
    // Not 5000, which is taken by the system on some machines.
    private const string DefaultAddress = "http://localhost:5080";

    /// <exception cref="StartupException">It cannot start; the message says in one line why and what to do.</exception>
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

            // Before the host starts, which would report a wrong setting with all its stack.
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

    /// <summary>Brings a server's database to this version's form, and ends.</summary>
    /// <exception cref="StartupException">It cannot; the message says in one line why and what to do.</exception>
    public static async Task MigrateAsync(string[] args)
    {
        var builder = CreateBuilder(args, contentRoot: null);
        await using var mode = HostingMode.Start(builder.Configuration);
        builder.Services.AddJarvisInfrastructure(builder.Configuration, mode);
        await using var app = builder.Build();
        await app.Services.MigrateAsync();
    }

    /// <summary>Tells Discord which commands there are, and ends. It needs no data, and so can run beside Jarvis.</summary>
    /// <exception cref="StartupException">It cannot; the message says in one line why and what to do.</exception>
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
            services.AddJarvisWorker(configuration);
        }

        services.AddJarvisAuthentication();
        services.AddJarvisErrors();
        services.AddRazorPages();
        services.AddLargeForms();
        services.AddScoped<ChatViewBuilder>();
        services.AddJarvisApi();
        services.AddJarvisLimits();
        services.AddDiscordWeb();
        services.AddSingleton<MarkdownRenderer>();
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

        // Nobody else answers on this data, so whatever is still pending was left by a process that is gone.
        await using var scope = services.CreateAsyncScope();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FailAbandonedTurns(StaleBefore: now, ForceBefore: null));
    }

    // The order matters: what comes first also covers what comes after it.
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

        // Without it an unknown address would send nobody to the sign-in, and then nowhere.
        app.MapFallback(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;

            return Task.CompletedTask;
        }).AllowAnonymous();
    }
}
