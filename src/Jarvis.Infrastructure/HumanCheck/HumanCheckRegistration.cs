using Jarvis.Application.Accounts;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.HumanCheck;

internal static class HumanCheckRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddHumanCheck(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HumanCheckOptions>().Bind(configuration.GetSection(HumanCheckOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<HumanCheckOptions>, HumanCheckValidation>();
        services.AddOutsideHttpClient(RecaptchaHumanCheck.HttpClientName, ConnectTimeout, RecaptchaHumanCheck.MaxResponseBytes);
        services.AddSingleton<IHumanCheck, RecaptchaHumanCheck>();

        return services;
    }
}
