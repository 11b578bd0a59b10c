using Jarvis.TestSupport.Database;
using Jarvis.TestSupport.Hosts;
using Jarvis.TestSupport.Output;
using Jarvis.Web;
using Jarvis.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.TestSupport;

/// <summary>
/// Complete Jarvis in this process: a real server on a random port with its own temporary data; in server mode also a worker. Without
/// settings it has neither a cloud model nor a local one.
/// </summary>
public sealed class JarvisHost : IAsyncDisposable
{
    private readonly Dictionary<string, string?> settings;
    private readonly IHostStorage storage;
    private WebApplication web = null!;
    private WebApplication? worker;
    private bool redisIsGone;
    private bool isDisposed;

    private JarvisHost(Dictionary<string, string?> settings, IHostStorage storage) => (this.settings, this.storage) = (settings, storage);

    public Uri BaseAddress { get; private set; } = new("http://localhost");

    /// <summary>True if a test restarted the host or stopped a part of it.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Services of the web process.</summary>
    public IServiceProvider Services => web.Services;

    public static async Task<JarvisHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        CapturedLogs.FromHosts();
        IHostStorage storage = Engine.IsPostgres ? await ServerStorage.CreateAsync() : new EmbeddedStorage();
        var all = new Dictionary<string, string?>(storage.Settings);
        foreach (var (key, value) in DefaultTestSettings.All.Concat(settings!))
        {
            all[key] = value;
        }

        var host = new JarvisHost(all, storage);
        try
        {
            await host.StartProcessesAsync();

            return host;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops the host and starts it again on the same data, optionally with other settings. A stopped Redis runs again afterwards.
    /// </summary>
    public async Task RestartAsync(params (string Key, string? Value)[] changed)
    {
        WasInterrupted = true;
        await StopProcessesAsync();
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        if (Engine.IsPostgres && redisIsGone)
        {
            await ResumeRedisAsync();
        }

        redisIsGone = false;
        await StartProcessesAsync();
    }

    /// <summary>Stops the worker; the web process continues.</summary>
    public async Task StopWorkerAsync()
    {
        WasInterrupted = true;
        foreach (var service in (worker ?? web).Services.GetServices<IHostedService>().Where(service => service.GetType().Assembly == typeof(WorkerRegistration).Assembly))
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    public Task StopRedisAsync()
    {
        WasInterrupted = redisIsGone = true;

        return storage.StopRedisAsync(Services);
    }

    public Task ResumeRedisAsync()
    {
        redisIsGone = false;

        return storage.ResumeRedisAsync(Services);
    }

    /// <summary>Creates a client with its own cookie jar that does not follow redirects.</summary>
    public HttpClient CreateClient() => JarvisClient.CreateHttp(BaseAddress);

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await StopProcessesAsync();
        await storage.DisposeAsync();
    }

    private async Task StartProcessesAsync()
    {
        string[] args = ["--urls", "http://127.0.0.1:0", .. settings.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}")];
        web = await JarvisWeb.CreateAsync(args, Path.Combine(RepositoryRoot, "src", "Jarvis.Web"));
        storage.RegisterSecrets(Services);
        await web.StartAsync();
        BaseAddress = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        if (Engine.IsPostgres)
        {
            worker = await JarvisWorker.CreateAsync(args);
            await worker.StartAsync();
        }
    }

    private async Task StopProcessesAsync()
    {
        foreach (var process in new[] { web, worker }.OfType<WebApplication>())
        {
            await process.StopAsync();
            await process.DisposeAsync();
        }
    }

    /// <summary>Folder of the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Jarvis.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the tests from within the repository: its pages are served from there.");
    }
}
