namespace Jarvis.Web.Tests.Accounts;

/// <summary>One captcha service for the tests of a class. The hosts that use it are shared, one for each set of settings.</summary>
public sealed class CaptchaFixture : IAsyncDisposable
{
    private RecaptchaStandIn? captcha;

    /// <summary>Returns the service without the requests and faults of an earlier test.</summary>
    public async Task<RecaptchaStandIn> CaptchaAsync()
    {
        captcha ??= await RecaptchaStandIn.StartAsync();
        captcha.Reset();

        return captcha;
    }

    /// <param name="settings">Settings beside those of the service, whose address no other class uses.</param>
    public Task<JarvisHost> HostAsync(params (string Key, string? Value)[] settings) => SharedHosts.GetAsync([.. captcha!.Settings, .. settings]);

    public ValueTask DisposeAsync() => captcha?.DisposeAsync() ?? ValueTask.CompletedTask;
}
