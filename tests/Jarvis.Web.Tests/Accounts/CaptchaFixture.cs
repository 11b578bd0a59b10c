namespace Jarvis.Web.Tests.Accounts;

/// <summary>One captcha service, and one host for each set of settings that uses it.</summary>
public sealed class CaptchaFixture : IAsyncDisposable
{
    private readonly Dictionary<string, JarvisHost> hosts = [];
    private RecaptchaStandIn? captcha;

    /// <summary>Returns the service without the requests and faults of an earlier test.</summary>
    public async Task<RecaptchaStandIn> CaptchaAsync()
    {
        captcha ??= await RecaptchaStandIn.StartAsync();
        captcha.Reset();

        return captcha;
    }

    /// <param name="settings">Settings beside those of the service.</param>
    public async Task<JarvisHost> HostAsync(params (string Key, string Value)[] settings)
    {
        var key = string.Join('\n', settings);
        if (!hosts.TryGetValue(key, out var host))
        {
            hosts[key] = host = await JarvisHost.StartAsync([.. captcha!.Settings, .. settings]);
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
        {
            await host.DisposeAsync();
        }

        await (captcha?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
