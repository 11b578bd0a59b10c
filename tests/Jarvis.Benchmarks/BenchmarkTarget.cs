using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jarvis.TestSupport;
using Jarvis.TestSupport.Services;

namespace Jarvis.Benchmarks;

/// <summary>Process under measurement: Jarvis, one of its parts, or a baseline.</summary>
internal sealed partial class BenchmarkTarget : IAsyncDisposable
{
    private readonly JarvisProcess process;
    private readonly Uri address;

    private BenchmarkTarget(JarvisProcess process, Uri address, TimeSpan startUp) => (this.process, this.address, StartUp) = (process, address, startUp);

    /// <summary>Time from process start to the first response.</summary>
    public TimeSpan StartUp { get; }

    public double WorkingSetMegabytes
    {
        get
        {
            using var running = Process.GetProcessById(process.Id);

            return running.WorkingSet64 / Math.Pow(1024, 2);
        }
    }

    public double PeakWorkingSetMegabytes
    {
        get
        {
            using var running = Process.GetProcessById(process.Id);

            return running.PeakWorkingSet64 / Math.Pow(1024, 2);
        }
    }

    /// <summary>Processor time on all cores so far: it depends less on the load of the machine than elapsed time.</summary>
    public TimeSpan ProcessorTime => ChildProcess.ProcessorTimeOf(process.Id);

    /// <summary>Starts Jarvis in embedded mode.</summary>
    public static Task<BenchmarkTarget> StartAsync(string directory, params (string Key, string Value)[] settings) =>
        StartAsync(() => JarvisProcess.Start([("Jarvis:DataDirectory", directory), .. settings]), "/account/login");

    /// <param name="firstPath">Path that must respond before the process counts as started.</param>
    public static async Task<BenchmarkTarget> StartAsync(Func<JarvisProcess> start, string firstPath)
    {
        var started = Stopwatch.GetTimestamp();
        var process = start();
        try
        {
            var address = await process.AddressAsync();
            using var http = new HttpClient { BaseAddress = address };
            while (!await IsReadyAsync(http, firstPath))
            {
                // A worker is ready only after its loops have run once.
            }

            return new BenchmarkTarget(process, address, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers an account with the form and returns a personal access token.</summary>
    public async Task<string> RegisterAsync(string username = "bench")
    {
        using var browser = new JarvisClient(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
        });
        using var registered = await browser.PostFormAsync("/account/register", new()
        {
            ["Username"] = username,
            ["Email"] = $"{username}@example.org",
            ["Password"] = Secrets.Password,
        });
        await browser.LoadCsrfTokenAsync();
        var created = await browser.SendAsync(HttpMethod.Post, "/tokens", new { name = "bench" });

        return created.GetProperty("token").GetString()!;
    }

    public Task PauseAsync() => process.PauseAsync();

    public Task ResumeAsync() => process.ResumeAsync();

    /// <summary>Creates a client with its own connection.</summary>
    public JarvisClient Connect(string token)
    {
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return new JarvisClient(http);
    }

    public async Task ChooseModelAsync(string token, string model)
    {
        using var client = Connect(token);
        var settings = JsonNode.Parse((await client.GetAsync("/settings")).GetRawText())!;
        settings["model"] = model;
        await client.SendAsync(HttpMethod.Put, "/settings", settings);
    }

    public async ValueTask DisposeAsync()
    {
        await process.TerminateAsync();
        await process.DisposeAsync();

        // Warnings belong beside the figures.
        foreach (var line in process.Output.Split('\n').Where(line => Warning.IsMatch(line)))
        {
            await Console.Error.WriteLineAsync(line);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);

        return response.StatusCode != HttpStatusCode.ServiceUnavailable && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    [GeneratedRegex("^[0-9:]+ (warn|fail|crit): ")]
    private static partial Regex Warning { get; }
}
