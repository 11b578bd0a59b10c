using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Jarvis.TestSupport.Output;

/// <summary>
/// What hosts and processes of a test run wrote, one file each, in the folder that the run names; without one nothing is kept. It is
/// searched for secrets when all is over.
/// </summary>
public static class CapturedOutput
{
    public const string FolderVariable = "JARVIS_TEST_OUTPUT";

    private const int BufferCharacters = 16 * 1024;

    private static readonly string? Folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : null;
    private static readonly UTF8Encoding NoByteOrderMark = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly ConcurrentDictionary<CapturedWriter, byte> Writers = new();
    private static int last;

    static CapturedOutput() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    public static bool IsWanted => Folder is not null;

    /// <summary>Name of the run, which its folder has.</summary>
    internal static string Run => Folder is null ? "" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>For a process whose output is at hand when it has ended.</summary>
    public static void Keep(string name, string text)
    {
        if (text.Length > 0)
        {
            using var kept = Open(name);
            kept?.Line(text);
        }
    }

    /// <summary>A file that is written as it is closed, or as this process ends.</summary>
    /// <returns>Null where nothing is kept.</returns>
    internal static CapturedWriter? Open(string name)
    {
        if (Folder is null)
        {
            return null;
        }

        Directory.CreateDirectory(Folder);
        var file = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref last):0000}-{name}.log");
        var writer = new CapturedWriter(new StreamWriter(Path.Combine(Folder, file), append: false, NoByteOrderMark, BufferCharacters), Forget);
        Writers.TryAdd(writer, 0);

        return writer;
    }

    private static void Forget(CapturedWriter writer) => Writers.TryRemove(writer, out _);

    private static void CloseAll()
    {
        foreach (var writer in Writers.Keys)
        {
            writer.Dispose();
        }
    }
}
