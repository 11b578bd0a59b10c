using System.Diagnostics;
using System.Globalization;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// A shell that outlives this process by a moment: as soon as we are gone, by whatever end, it kills what we started and
/// did not end. The kernel's own way (PDEATHSIG) would kill them with the thread that started them, which goes much earlier.
/// </summary>
internal static class ProcessReaper
{
    // A number may be another's by then; together with the moment of its start it is nobody else's.
    private const string Script =
        """
        trap '' INT TERM HUP
        while read -r id start; do held="$held $id:$start"; done
        for one in $held; do
          id=${one%:*}
          stat=$(sed 's/.*) //' "/proc/$id/stat" 2>/dev/null) || continue
          set -- $stat
          [ "${20}" = "${one#*:}" ] || continue
          # A test may have halted it with its children, which end by themselves when it does, once they go on.
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

    // Field 22 of its stat; the name before it may hold spaces. Null where it is gone already.
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
        // No output of its own, so that nobody who reads ours waits for it.
        var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec >/dev/null 2>&1\n{Script}"]) { RedirectStandardInput = true })!;
        shell.StandardInput.AutoFlush = true;

        return shell.StandardInput;
    }
}
