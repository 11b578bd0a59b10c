using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Hosting;

internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TrustedProxyOptions.Section);
        services.AddOptions<TrustedProxyOptions>()
            .Configure(options => (options.KnownProxies, options.KnownNetworks) =
                (List(section.GetSection(nameof(options.KnownProxies))), List(section.GetSection(nameof(options.KnownNetworks)))))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TrustedProxyOptions>, Validation>();

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
        foreach (var address in trusted.Value.Addresses)
        {
            headers.KnownProxies.Add(IPAddress.Parse(address));
        }

        foreach (var network in trusted.Value.Networks)
        {
            headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }

    private static string List(IConfigurationSection section) => string.Join(',', section.GetChildren().Select(child => child.Value).Append(section.Value));

    private sealed class Validation : IValidateOptions<TrustedProxyOptions>
    {
        public ValidateOptionsResult Validate(string? name, TrustedProxyOptions options) =>
            options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
