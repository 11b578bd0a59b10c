using System.Globalization;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Hosting.Embedded;

/// <summary>
/// Data directory of embedded mode, locked by this process. Disposal releases the lock, and so does the operating system when the
/// process ends for any reason.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    public const string Key = "Jarvis:DataDirectory";

    private const string LockName = "jarvis.lock";

    // A separate file, because other processes cannot read a locked file on Windows.
    private const string PidName = "jarvis.pid";

    private FileStream? lockFile;

    private DataDirectory(string path, FileStream lockFile) => (Path, this.lockFile) = (path, lockFile);

    public string Path { get; }

    /// <param name="configured">Value of <see cref="Key"/>; empty for the user's local application data.</param>
    /// <exception cref="StartupException">The directory isn't writable, or another Jarvis uses it.</exception>
    public static DataDirectory Open(string? configured)
    {
        var path = Resolve(configured);
        try
        {
            Create(path);
            var lockFile = new FileStream(Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Combine(path, PidName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

            return new DataDirectory(path, lockFile);
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
        if (Interlocked.Exchange(ref lockFile, null) is not { } ownLock)
        {
            return;
        }

        // Before the lock is released: afterwards the file may belong to another process.
        File.Delete(Combine(Path, PidName));
        ownLock.Dispose();
    }

    private static string Resolve(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return System.IO.Path.GetFullPath(configured);
        }

        // DoNotVerify, because GetFolderPath otherwise returns an empty text if the folder doesn't exist yet.
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

    // Windows: sharing violation and lock violation. Unix: EWOULDBLOCK of Linux and of macOS, which .NET doesn't translate.
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
            // The other process has the lock and hasn't written its id yet.
            return "unknown";
        }
    }

    private static string Combine(string path, string name) => System.IO.Path.Combine(path, name);
}
