using Jarvis.Infrastructure.Embedded;
using Jarvis.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Testing;

/// <summary>
/// A whole Jarvis in this process: a real server on a random port, real SQLite and Garnet, data in a directory of its own that
/// goes with it. Without settings it has no language model and no local one to find.
/// </summary>
public sealed class JarvisHost : IAsyncDisposable
{
    private readonly Dictionary<string, string?> settings;
    private WebApplication app;

    private JarvisHost(Dictionary<string, string?> settings, string directory, WebApplication app) =>
        (this.settings, Directory, this.app) = (settings, directory, app);

    public string Directory { get; }

    public Uri BaseAddress { get; private set; } = new("http://localhost");

    public IServiceProvider Services => app.Services;

    public EmbeddedGarnet Garnet => Services.GetRequiredService<EmbeddedMode>().Garnet;

    public static async Task<JarvisHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("jarvis-test-").FullName;
        var all = new Dictionary<string, string?>
        {
            ["Jarvis:DataDirectory"] = directory,

            // A port that nothing listens on: the machine's own Ollama is none of a test's business.
            ["LocalLlm:BaseUrl"] = "http://127.0.0.1:9/v1",
        };
        foreach (var (key, value) in RaisedLimits.Settings.Concat(settings!))
        {
            all[key] = value;
        }

        try
        {
            var host = new JarvisHost(all, directory, await BuildAsync(all));
            await host.ListenAsync();

            return host;
        }
        catch
        {
            System.IO.Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>Stops it and starts it again on the same data, and maybe with other settings.</summary>
    public async Task RestartAsync(params (string Key, string? Value)[] changed)
    {
        await app.StopAsync();
        await app.DisposeAsync();
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        app = await BuildAsync(settings);
        await ListenAsync();
    }

    /// <summary>A client with a cookie jar of its own, which follows no redirects.</summary>
    public HttpClient CreateClient() => JarvisClient.CreateHttp(BaseAddress);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static Task<WebApplication> BuildAsync(Dictionary<string, string?> settings)
    {
        string[] args = ["--urls", "http://127.0.0.1:0", .. settings.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}")];

        return JarvisWeb.CreateAsync(args, Path.Combine(RepositoryRoot, "src", "Jarvis.Web"));
    }

    private async Task ListenAsync()
    {
        await app.StartAsync();
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>The folder of the solution.</summary>
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
