using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Jarvis.Server.Tests.Compose;

/// <summary>deploy/docker-compose.yml as Docker Compose parses it; this needs no Docker engine.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object> services;

    private ComposeFile(Dictionary<object, object> services) => this.services = services;

    public static string Folder { get; } = Path.Combine(JarvisHost.RepositoryRoot, "deploy");

    public static string Example { get; } = File.ReadAllText(Path.Combine(Folder, "jarvis.env.example"));

    public static string Text { get; } = File.ReadAllText(Path.Combine(Folder, "docker-compose.yml"));

    public IEnumerable<string> Services => services.Keys.Cast<string>();

    public ComposeService this[string name] => new((Dictionary<object, object>)services[name]);

    /// <summary>Parses the file with a settings file made from the example.</summary>
    /// <param name="settings">Values to fill in.</param>
    /// <exception cref="InvalidOperationException">Compose rejects the file; the message says why.</exception>
    public static async Task<ComposeFile> ReadAsync(params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("jarvis-compose-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "docker-compose.yml"), Text);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".env"), FilledIn(settings));
            var config = await ConfigAsync(folder.FullName);
            var file = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(config);

            return new ComposeFile((Dictionary<object, object>)file["services"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FilledIn((string Name, string Value)[] settings) => settings.Aggregate(
        Example,
        (text, setting) => Regex.Replace(text, $@"^(# )?{setting.Name}=.*$", $"{setting.Name}={setting.Value}", RegexOptions.Multiline));

    private static async Task<string> ConfigAsync(string folder)
    {
        string[] arguments = ["-f", Path.Combine(folder, "docker-compose.yml"), "--profile", "ollama", "--profile", "speaches", "--profile", "chatterbox", "--profile", "dev", "config"];
        foreach (var (program, first) in new (string, string[])[] { ("docker-compose", []), ("docker", ["compose"]) })
        {
            try
            {
                return await RunAsync(new ProcessStartInfo(program, [.. first, .. arguments]));
            }
            catch (Win32Exception)
            {
                // Not installed; the other command may be.
            }
        }

        throw new InvalidOperationException("This test reads the file with Docker Compose: install docker-compose (Debian: apt-get install docker-compose), or run build/test, which does.");
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // Environment variables override Compose's settings file.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        using var compose = Process.Start(start)!;
        var output = compose.StandardOutput.ReadToEndAsync();
        var errors = compose.StandardError.ReadToEndAsync();
        await compose.WaitForExitAsync();

        return compose.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }
}
