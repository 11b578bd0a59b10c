using Jarvis.Application.Accounts;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Integrations.Captcha;

internal static class CaptchaRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddCaptcha(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<CaptchaOptions>(configuration, CaptchaOptions.Section);
        services.AddOutboundHttpClient(RecaptchaVerifier.HttpClientName, ConnectTimeout, RecaptchaVerifier.MaxResponseBytes);
        services.AddExternalService<CaptchaOptions>(options => new(RecaptchaVerifier.ServiceId, CaptchaOptions.Section, options.IsConfigured ? options.BaseUrl : null));
        services.AddSingleton<ICaptchaVerifier, RecaptchaVerifier>();

        return services;
    }
}
