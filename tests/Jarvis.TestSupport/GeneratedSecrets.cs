using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport;

/// <summary>
/// Records secrets that tests or Jarvis create while tests run, in a folder that the run names and deletes. The output of the run is
/// searched for them afterwards.
/// </summary>
public static class GeneratedSecrets
{
    public const string FolderVariable = "JARVIS_TEST_SECRETS";

    // Shorter texts are not secrets and would be found everywhere.
    private const int MinSecretLength = 12;

    private static readonly ConcurrentDictionary<string, byte> Known = new();
    private static readonly Lock Gate = new();
    private static readonly Lazy<StreamWriter?> Record = new(Open);

    /// <summary>Creates a secret whose length and characters every server accepts.</summary>
    public static string New(string name) => Register(name, Secrets.Marker + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)));

    /// <summary>Records a secret that Jarvis, or a program that the tests use, has created.</summary>
    public static string Register(string name, string secret)
    {
        if (Record.Value is { } record && secret.Length >= MinSecretLength && Known.TryAdd(secret, 0))
        {
            lock (Gate)
            {
                record.WriteLine($"{name}\t{Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}");
            }
        }

        return secret;
    }

    private static StreamWriter? Open()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);

        // Named as the folder of this run's output, to check that both exist.
        return string.IsNullOrEmpty(folder) ? null : new StreamWriter(Path.Combine(folder, $"{CapturedOutput.Run}.{Environment.ProcessId}"), append: true) { AutoFlush = true };
    }
}
