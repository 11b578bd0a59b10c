using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Testing;

/// <summary>Jarvis as a process of its own, which can be killed.</summary>
public sealed partial class JarvisProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JarvisProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Everything it has written to the console so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts the built web application; it need not come up.</summary>
    public static JarvisProcess Start(params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Jarvis.Web.dll"));
        start.ArgumentList.Add($"--contentRoot={Path.Combine(JarvisHost.RepositoryRoot, "src", "Jarvis.Web")}");
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.Environment["LocalLlm__BaseUrl"] = "http://127.0.0.1:9/v1";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var jarvis = new JarvisProcess(new Process { StartInfo = start });
        jarvis.process.OutputDataReceived += (_, line) => jarvis.Read(line.Data);
        jarvis.process.ErrorDataReceived += (_, line) => jarvis.Read(line.Data);
        jarvis.process.Start();
        jarvis.process.BeginOutputReadLine();
        jarvis.process.BeginErrorReadLine();

        return jarvis;
    }

    /// <summary>Where it listens, once it does.</summary>
    public async Task<Uri> AddressAsync()
    {
        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(address.Task, ended).WaitAsync(Patience);

        return first == ended ? throw new InvalidOperationException($"It ended with {process.ExitCode}: {Output}") : await address.Task;
    }

    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(deadline.Token);

        return process.ExitCode;
    }

    /// <summary>SIGKILL: it has no chance to put anything in order.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitCodeAsync();
    }

    /// <summary>SIGTERM, as a service manager or Ctrl-C asks.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();

        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }

        if (line is not null && Listening.Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Jarvis runs at (http://[^\s,]+?)\.? ")]
    private static partial Regex Listening { get; }
}
