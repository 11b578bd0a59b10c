using System.Text.Json;
using Jarvis.Application.Administration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>HTTP clients for configured servers. Each adapter has its own timeouts and retries.</summary>
internal static class OutboundHttp
{
    /// <param name="maxResponseBytes">Maximum size of a response that is read as a whole.</param>
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
        // A redirect would send a user's text or a secret to a server that isn't configured.
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    /// <summary>Runs a call. Returns its result, or that of <paramref name="onFailure"/> if the call fails or times out.</summary>
    /// <param name="onFailure">Receives the exception and its fault. A cancellation by the caller isn't a failure.</param>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call,
        Func<Exception, ServiceFault, T> onFailure,
        TimeSpan timeout,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await call(linked.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return onFailure(e, ServiceFaultMapper.From(e));
        }
    }
}
