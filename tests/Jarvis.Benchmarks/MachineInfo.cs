using System.Diagnostics;
using System.Runtime.InteropServices;
using Jarvis.TestSupport;

namespace Jarvis.Benchmarks;

/// <summary>Hardware and load on which the figures depend.</summary>
internal static class MachineInfo
{
    public static string Describe() =>
        $"{Environment.ProcessorCount} cores, {Memory():F0} GB, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, "
        + $"{RuntimeInformation.FrameworkDescription}, load {Load()}, commit {Commit()}";

    private static double Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(1024, 3);

    // Load from other processes is the first explanation for odd figures.
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", JarvisHost.RepositoryRoot, "describe", "--always", "--dirty"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;

            return git.StandardOutput.ReadToEnd().Trim() is { Length: > 0 } commit ? commit : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
