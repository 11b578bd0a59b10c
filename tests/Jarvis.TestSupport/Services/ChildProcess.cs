using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>A process that a test starts, listens to and ends. It does not outlive the test run, however that ends.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder output = new();
    private readonly CapturedWriter? kept;
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => (this.process, kept) = (process, CapturedOutput.Open(NameOf(process.StartInfo)));

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Everything it has written to the console so far.</summary>
    public string Output
    {
        get
        {
            lock (gate)
            {
                return output.ToString();
            }
        }
    }

    public static ChildProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var child = new ChildProcess(new Process { StartInfo = start });
        child.process.OutputDataReceived += (_, line) => child.Read(line.Data);
        child.process.ErrorDataReceived += (_, line) => child.Read(line.Data);
        child.process.Start();
        ProcessReaper.Attach(child.process);
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();

        return child;
    }

    /// <summary>What a process has used of all cores so far.</summary>
    public static TimeSpan ProcessorTimeOf(int id)
    {
        using var running = Process.GetProcessById(id);

        return running.TotalProcessorTime;
    }

    /// <summary>Waits until it has written something like this.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; all that it wrote is in the message.</exception>
    public async Task<Match> WaitForOutputAsync(Regex words)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        var ended = process.WaitForExitAsync(CancellationToken.None);
        while (true)
        {
            var hasEnded = ended.IsCompleted;
            var (match, next) = Look(words);
            if (match.Success)
            {
                return match;
            }

            if (hasEnded)
            {
                throw new InvalidOperationException($"It ended with {process.ExitCode}: {Output}");
            }

            try
            {
                await Task.WhenAny(next, ended).WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {Timeout.TotalSeconds} s: {words}. It said: {Output}");
            }
        }
    }

    /// <summary>Waits for its end, and for that of everybody whom it left its output to.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It still runs after {Timeout.TotalSeconds} s. It said: {Output}");
        }

        return process.ExitCode;
    }

    /// <summary>SIGKILL: it has no chance to put anything in order.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitCodeAsync();
    }

    /// <param name="signal">Its name without SIG. Nothing happens where the process has ended.</param>
    public Task SignalAsync(string signal) => SignalAsync(signal, [Id]);

    public async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        if (process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
        kept?.Dispose();
    }

    // Of a program that another one runs, the program.
    private static string NameOf(ProcessStartInfo start) =>
        Path.GetFileName(start.ArgumentList.Prepend(start.FileName).FirstOrDefault(Path.IsPathRooted) ?? start.FileName);

    private (Match Match, Task Next) Look(Regex words)
    {
        lock (gate)
        {
            return (words.Match(output.ToString()), more.Task);
        }
    }

    private void Read(string? line)
    {
        lock (gate)
        {
            output.AppendLine(line);
            kept?.Line(line);
            more.SetResult();
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
