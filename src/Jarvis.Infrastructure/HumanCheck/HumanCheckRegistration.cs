using Jarvis.Application.Accounts;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(RecaptchaHumanCheck.HttpClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = RecaptchaHumanCheck.MaxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                // A redirect would take the secret to an address that nobody configured.
                AllowAutoRedirect = false,
                UseCookies = false,
            });
        services.AddSingleton<IHumanCheck, RecaptchaHumanCheck>();

        return services;
    }
}
