using System.Globalization;
using Jarvis.Web.Accounts;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.StaticFiles;

namespace Jarvis.Web.Hosting;

internal static class HostingRegistration
{
    /// <summary>A prompt of the greatest length, escaped character by character, and room for the rest.</summary>
    private const int RequestMaxBytes = 1024 * 1024;

    private static readonly CultureInfo[] Cultures = [new("en"), new("pl")];

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
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Cultures[0]);
            options.SupportedCultures = Cultures;
            options.SupportedUICultures = Cultures;
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(PreferenceCookies.ReadCulture(context.Request))),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });

        // Not for pages: they carry a secret beside text that others may have chosen, and their length would tell about it.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });

        return services;
    }

    public static IApplicationBuilder UseJarvisStaticFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        // Modules import each other by plain names, so browsers must ask whether a file changed.
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        ContentTypeProvider = new FileExtensionContentTypeProvider(),
    });
}
