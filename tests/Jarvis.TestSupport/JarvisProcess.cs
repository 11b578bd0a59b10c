using System.Diagnostics;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Services;

namespace Jarvis.TestSupport;

/// <summary>Jarvis in its own process, which a test can kill, suspend and stop.</summary>
public sealed partial class JarvisProcess : IAsyncDisposable
{
    private readonly ChildProcess process;

    private JarvisProcess(ChildProcess process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Console output so far.</summary>
    public string Output => process.Output;

    /// <summary>Starts the built web application and does not wait until it is ready.</summary>
    public static JarvisProcess Start(params (string Key, string Value)[] settings) => Start(JarvisProgram.Web, settings);

    public static JarvisProcess Start(JarvisProgram program, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [program.File, $"--contentRoot={program.ContentRoot}", .. program.Arguments]);
        foreach (var (key, value) in DefaultTestSettings.All.Concat(settings))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Start(start);
    }

    /// <summary>Starts exactly this command in exactly this environment.</summary>
    public static JarvisProcess Start(ProcessStartInfo start) => new(ChildProcess.Start(start));

    /// <summary>Waits until the process listens and returns its address.</summary>
    public async Task<Uri> AddressAsync() => new((await process.WaitForOutputAsync(Listening)).Groups[1].Value);

    public Task<int> ExitCodeAsync() => process.ExitCodeAsync();

    /// <summary>Sends SIGKILL: the process cannot clean up.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Sends SIGTERM, as a service manager does or Ctrl-C.</summary>
    public async Task<int> TerminateAsync()
    {
        await process.SignalAsync("TERM");

        return await ExitCodeAsync();
    }

    /// <summary>Sends SIGSTOP: the process is suspended without noticing it, as on a sleeping machine.</summary>
    public Task PauseAsync() => process.SignalAsync("STOP");

    public Task ResumeAsync() => process.SignalAsync("CONT");

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex(@"(?:Jarvis is running at|Health:) (http://\S+?:\d+)")]
    private static partial Regex Listening { get; }
}
