using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Jarvis.Web.Preferences;

internal static class LocalizationRegistration
{
    private static readonly CultureInfo[] Cultures = [new("en"), new("pl")];

    /// <summary>Chooses the language by cookie, then by the browser's <c>Accept-Language</c> header.</summary>
    public static IServiceCollection AddJarvisLocalization(this IServiceCollection services)
    {
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

        return services;
    }
}
