using Microsoft.AspNetCore.StaticFiles;

namespace Jarvis.Web.Hosting;

internal static class HostingRegistration
{
    /// <summary>Room for a prompt of maximum length with every character escaped, and for the other fields.</summary>
    private const int RequestMaxBytes = 1024 * 1024;

    public static IWebHostBuilder ConfigureRequestLimits(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestMaxBytes;
    });

    public static IServiceCollection AddJarvisHosting(this IServiceCollection services)
    {
        services.AddHostedService<AnswerShutdownService>();
        services.AddHostedService<StartupLogger>();
        services.AddHostedService<TokenizerWarmup>();

        // Pages are not compressed: they carry a secret next to text that other people may choose, so their size could leak it.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });

        return services;
    }

    public static IApplicationBuilder UseJarvisStaticFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        // Modules import each other by name without a version, so browsers must check whether a file changed.
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        ContentTypeProvider = new FileExtensionContentTypeProvider(),
    });
}
