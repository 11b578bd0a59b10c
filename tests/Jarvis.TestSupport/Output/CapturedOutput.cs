using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Jarvis.TestSupport.Output;

/// <summary>
/// Output of the hosts and processes of a test run, one file each, in the folder that the run names; without such a folder nothing is
/// captured. The output is searched for secrets after the run.
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

    public static bool IsEnabled => Folder is not null;

    /// <summary>Name of the run and of its folder.</summary>
    internal static string Run => Folder is null ? "" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>Captures the output of a process that has ended.</summary>
    public static void Write(string name, string text)
    {
        if (text.Length > 0)
        {
            using var captured = Open(name);
            captured?.Line(text);
        }
    }

    /// <summary>Creates a file that is written when it is closed or when this process ends.</summary>
    /// <returns>Null if output is not captured.</returns>
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
