using System.Diagnostics;
using Jarvis.TestSupport.Output;

namespace Jarvis.Server.Tests.Compose;

/// <summary>Web and worker as the images contain them, published once with the commands of the Dockerfile.</summary>
public sealed class PublishedJarvis : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jarvis-publish-");
    private readonly Lazy<Task> published;

    public PublishedJarvis() => published = new Lazy<Task>(PublishAsync);

    /// <summary>Files of a stage's image.</summary>
    public async Task<string> FolderOfAsync(string stage)
    {
        await published.Value;

        return ImageFile.FolderOf(stage).Replace("/publish", folder.FullName, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task PublishAsync()
    {
        foreach (var command in ImageFile.PublishCommands)
        {
            var start = new ProcessStartInfo("sh", ["-c", command.Replace("/publish/", $"{folder.FullName}/", StringComparison.Ordinal)])
            {
                WorkingDirectory = JarvisHost.RepositoryRoot,
                RedirectStandardOutput = true,
            };

            // No build server remains that would keep our output open.
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            using var publish = Process.Start(start)!;
            var output = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            CapturedOutput.Write("publish", output);
            if (publish.ExitCode != 0)
            {
                throw new InvalidOperationException($"{command} ended with {publish.ExitCode}: {output}");
            }
        }
    }
}
