using Jarvis.Application;
using Jarvis.Application.Conversations;
using Jarvis.Infrastructure;
using Jarvis.Infrastructure.Embedded;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Web.Accounts;
using Jarvis.Web.Api;
using Jarvis.Web.Errors;
using Jarvis.Web.Hosting;
using Jarvis.Web.Pages.Chat;
using Jarvis.Web.Rendering;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.Options;

namespace Jarvis.Web;

/// <summary>The web application, put together: for Program, and for tests that host it in their process.</summary>
public static class JarvisWeb
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <exception cref="StartupException">It cannot start; the message says in one line why and what to do.</exception>
    public static async Task<WebApplication> CreateAsync(string[] args, string? contentRoot = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(JarvisWeb).Assembly.GetName().Name,
            ContentRootPath = contentRoot,
        });
        builder.WebHost.UseDefaultUrl(DefaultUrl);
        builder.WebHost.LimitRequests();
        builder.Host.ConfigureHostOptions(options => options.ShutdownTimeout = AnswerDrain.Patience + TimeSpan.FromSeconds(5));

        var embedded = await EmbeddedMode.StartAsync(builder.Configuration);
        try
        {
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddJarvisApplication(builder.Configuration["AutoMapper:LicenseKey"]);
            builder.Services.AddJarvisInfrastructure(builder.Configuration, embedded);
            builder.Services.AddJarvisWorker(builder.Configuration);
            builder.Services.AddAccountsOnTheWeb();
            builder.Services.AddJarvisErrors();
            builder.Services.AddRazorPages();
            builder.Services.AddScoped<ChatViews>();
            builder.Services.AddJarvisApi();
            builder.Services.AddSingleton<MarkdownRenderer>();
            builder.Services.AddJarvisHosting();

            var app = builder.Build();

            // Before the host starts, which would report a wrong setting with all its stack.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.MigrateAsync();
            await app.Services.FailTurnsOfEarlierProcessAsync();
            app.UseJarvis();

            return app;
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    // Nobody else answers on this data, so whatever is still pending was left by a process that is gone.
    private static async Task FailTurnsOfEarlierProcessAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FailAbandonedTurns(now));
    }

    // The order matters: what comes first also covers what comes after it.
    private static void UseJarvis(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseJarvisErrors();
        app.UseResponseCompression();
        app.UseJarvisStaticFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<ApiAntiforgery>();

        app.MapRazorPages();
        app.MapChatApi();
        app.MapMemoryApi();
        app.MapSettingsApi();
        app.MapModelsApi();
        app.MapTokensApi();
        app.MapHealthApi();

        // Without it an unknown address would send nobody to the sign-in, and then nowhere.
        app.MapFallback(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;

            return Task.CompletedTask;
        }).AllowAnonymous();
    }
}
