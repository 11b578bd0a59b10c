using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>Process that a test starts, reads and stops. It never outlives the test run.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder output = new();
    private readonly CapturedWriter? capture;
    private TaskCompletionSource lineRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => (this.process, capture) = (process, CapturedOutput.Open(NameOf(process.StartInfo)));

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Console output so far.</summary>
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

    /// <summary>Processor time on all cores so far.</summary>
    public static TimeSpan ProcessorTimeOf(int id)
    {
        using var running = Process.GetProcessById(id);

        return running.TotalProcessorTime;
    }

    /// <summary>Waits until the output matches the pattern.</summary>
    /// <exception cref="InvalidOperationException">The process has exited; the message contains its output.</exception>
    public async Task<Match> WaitForOutputAsync(Regex pattern)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        var exited = process.WaitForExitAsync(CancellationToken.None);
        while (true)
        {
            var hasExited = exited.IsCompleted;
            var (match, nextLine) = Match(pattern);
            if (match.Success)
            {
                return match;
            }

            if (hasExited)
            {
                throw new InvalidOperationException($"The process exited with {process.ExitCode}: {Output}");
            }

            try
            {
                await Task.WhenAny(nextLine, exited).WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The output did not match {pattern} within {Timeout.TotalSeconds} s: {Output}");
            }
        }
    }

    /// <summary>Waits until the process, and all processes that inherited its output, have exited.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process is still running after {Timeout.TotalSeconds} s: {Output}");
        }

        return process.ExitCode;
    }

    /// <summary>Sends SIGKILL: the process cannot clean up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitCodeAsync();
    }

    /// <param name="signal">Name without SIG. A process that has exited is ignored.</param>
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
        capture?.Dispose();
    }

    // If another program runs the program, this is the name of the inner one.
    private static string NameOf(ProcessStartInfo start) =>
        Path.GetFileName(start.ArgumentList.Prepend(start.FileName).FirstOrDefault(Path.IsPathRooted) ?? start.FileName);

    private (Match Match, Task NextLine) Match(Regex pattern)
    {
        lock (gate)
        {
            return (pattern.Match(output.ToString()), lineRead.Task);
        }
    }

    private void Read(string? line)
    {
        lock (gate)
        {
            output.AppendLine(line);
            capture?.Line(line);
            lineRead.SetResult();
            lineRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
