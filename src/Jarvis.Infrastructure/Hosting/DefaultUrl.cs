using Microsoft.AspNetCore.Hosting;

namespace Jarvis.Infrastructure.Hosting;

public static class DefaultUrl
{
    /// <summary>Sets the URL of the server if the configuration contains none.</summary>
    public static IWebHostBuilder UseDefaultUrl(this IWebHostBuilder host, string url)
    {
        ArgumentNullException.ThrowIfNull(host);
        var configured = new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }
            .Any(key => !string.IsNullOrEmpty(host.GetSetting(key)));

        return configured ? host : host.UseUrls(url);
    }
}
