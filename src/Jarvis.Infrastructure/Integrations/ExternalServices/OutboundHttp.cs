using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>Connections to servers that somebody configured. Time limits and retries are the adapters' own.</summary>
internal static class OutboundHttp
{
    /// <param name="maxResponseBytes">Of a response that is read whole.</param>
    public static IHttpClientBuilder AddOutboundHttpClient(this IServiceCollection services, string name, TimeSpan connectTimeout, long maxResponseBytes)
    {
        services.AddServiceHealthTracker();

        return services
            .AddHttpClient(name, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = maxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => CreateHandler(connectTimeout));
    }

    public static SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A redirect would take what was said, or a secret, to an address that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
