using Jarvis.TestSupport.Output;
using Jarvis.Web;
using Jarvis.Worker;
using Microsoft.AspNetCore.Builder;

namespace Jarvis.TestSupport;

/// <summary>
/// Web application or worker in this process. It starts in a fraction of the time of a <see cref="JarvisProcess"/>, but a test can't kill
/// or suspend it.
/// </summary>
public sealed class HostedJarvis : IAsyncDisposable
{
    private readonly WebApplication app;

    private HostedJarvis(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public static async Task<HostedJarvis> StartAsync(JarvisProgram program, params (string Key, string Value)[] settings)
    {
        CapturedLogs.FromHosts();
        string[] args =
        [
            .. program.Arguments,
            .. DefaultTestSettings.All.Concat(settings).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var app = program == JarvisProgram.Worker ? await JarvisWorker.CreateAsync(args) : await JarvisWeb.CreateAsync(args, program.ContentRoot);
        await app.StartAsync();

        return new HostedJarvis(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
