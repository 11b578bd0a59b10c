using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport;

/// <summary>
/// Secrets that are made while tests run, by tests or by Jarvis. They are written down for whoever searches the output of the run
/// afterwards, in a folder that the run names and deletes.
/// </summary>
public static class GeneratedSecrets
{
    public const string FolderVariable = "JARVIS_TEST_SECRETS";

    // What is shorter is no secret, and would be found everywhere.
    private const int MinSecretLength = 12;

    private static readonly ConcurrentDictionary<string, byte> Known = new();
    private static readonly Lock Gate = new();
    private static readonly Lazy<StreamWriter?> Record = new(Open);

    /// <summary>A new one, of a length and of characters that any server takes.</summary>
    public static string New(string name) => Register(name, Secrets.Marker + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)));

    /// <summary>Jarvis, or a program that the tests use, has made one.</summary>
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

        // Named as the folder of this run's output, so that it can be told whether both were kept.
        return string.IsNullOrEmpty(folder) ? null : new StreamWriter(Path.Combine(folder, $"{CapturedOutput.Run}.{Environment.ProcessId}"), append: true) { AutoFlush = true };
    }
}
