using System.Diagnostics;
using System.Globalization;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// Shell that outlives this process and kills the child processes that are still running. The kernel's PDEATHSIG would kill them too
/// early: with the thread that started them.
/// </summary>
internal static class ProcessReaper
{
    // Process ids are reused; an id together with its start time is unique.
    private const string Script =
        """
        trap '' INT TERM HUP
        while read -r id start; do children="$children $id:$start"; done
        for child in $children; do
          id=${child%:*}
          stat=$(sed 's/.*) //' "/proc/$id/stat" 2>/dev/null) || continue
          set -- $stat
          [ "${20}" = "${child#*:}" ] || continue
          # A test may have suspended the process and its children. Resumed children exit when their parent does.
          kill -CONT "$id" $(cat "/proc/$id/task/$id/children")
          kill -KILL "$id"
        done
        """;

    private static readonly Lock Gate = new();
    private static readonly Lazy<StreamWriter> Shell = new(Start);

    public static void Attach(Process process)
    {
        if (!OperatingSystem.IsLinux() || StartOf(process.Id) is not { } start)
        {
            return;
        }

        lock (Gate)
        {
            Shell.Value.WriteLine($"{process.Id.ToString(CultureInfo.InvariantCulture)} {start}");
        }
    }

    // Field 22 of the stat file; the name before it may contain spaces. Null if the process has exited.
    private static string? StartOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static StreamWriter Start()
    {
        // Without output, so that a reader of this process's output does not wait for the shell.
        var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec >/dev/null 2>&1\n{Script}"]) { RedirectStandardInput = true })!;
        shell.StandardInput.AutoFlush = true;

        return shell.StandardInput;
    }
}
