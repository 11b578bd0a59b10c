using System.Net;
using Jarvis.Infrastructure.Common;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Hosting;

internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<TrustedProxyOptions>(configuration, TrustedProxyOptions.Section);

        // Runs after the framework's ASPNETCORE_FORWARDEDHEADERS_ENABLED, which trusts every proxy.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<TrustedProxyOptions>>(Trust);

        return services;
    }

    private static void Trust(ForwardedHeadersOptions headers, IOptions<TrustedProxyOptions> trusted)
    {
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        headers.ForwardedHeaders = trusted.Value.IsConfigured ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;

        // Any number of listed proxies is allowed; the first unlisted address is the client.
        headers.ForwardLimit = null;
        foreach (var address in trusted.Value.KnownProxies)
        {
            headers.KnownProxies.Add(IPAddress.Parse(address));
        }

        foreach (var network in trusted.Value.KnownNetworks)
        {
            headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
