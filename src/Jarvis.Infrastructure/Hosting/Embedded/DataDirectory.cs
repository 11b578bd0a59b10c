using System.Globalization;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Hosting.Embedded;

/// <summary>
/// Where embedded mode keeps everything. It belongs to this process until it is disposed of or the process ends, however it
/// ends: the operating system drops the lock with the process.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    public const string Key = "Jarvis:DataDirectory";

    private const string LockName = "jarvis.lock";
    // Beside the lock, because Windows lets nobody read a locked file.
    private const string PidName = "jarvis.pid";

    private FileStream? held;

    private DataDirectory(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <param name="configured">The value of <see cref="Key"/>; empty for the user's local application data.</param>
    /// <exception cref="StartupException">It cannot be written to, or another Jarvis uses it.</exception>
    public static DataDirectory Open(string? configured)
    {
        var path = Resolve(configured);
        try
        {
            Create(path);
            var held = new FileStream(Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Combine(path, PidName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

            return new DataDirectory(path, held);
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new StartupException(
                $"The data directory {path} is in use by another Jarvis (process {ReadPid(path)}): stop it, or set {Key} to another directory.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"The data directory {path} can't be used ({e.Message}): make it writable, or set {Key} to another directory.", e);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref held, null) is not { } mine)
        {
            return;
        }

        // While the lock still holds: afterwards the file may be the next process's.
        File.Delete(Combine(Path, PidName));
        mine.Dispose();
    }

    private static string Resolve(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return System.IO.Path.GetFullPath(configured);
        }

        // Not verified: on a fresh machine the folder does not exist yet, and is then given as an empty string.
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

        return local.Length > 0
            ? System.IO.Path.Combine(local, "jarvis")
            : throw new StartupException($"This account doesn't have a folder for application data: set {Key} to the directory for Jarvis's data.");
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Windows: sharing and lock violation. Unix: EWOULDBLOCK of Linux and of macOS, which .NET passes on as it is.
    private static bool IsLocked(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35;

    private static string ReadPid(string path)
    {
        try
        {
            return File.ReadAllText(Combine(path, PidName)).Trim();
        }
        catch (IOException)
        {
            // It holds the lock and has not written its number yet.
            return "unknown";
        }
    }

    private static string Combine(string path, string name) => System.IO.Path.Combine(path, name);
}
