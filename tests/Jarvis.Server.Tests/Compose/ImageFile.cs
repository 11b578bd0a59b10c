using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jarvis.Server.Tests.Compose;

/// <summary>Publish and start commands of deploy/Dockerfile.</summary>
internal static partial class ImageFile
{
    private static readonly string Text = File.ReadAllText(Path.Combine(ComposeFile.Folder, "Dockerfile"));

    /// <summary>Commands that publish web and worker, in order.</summary>
    public static IReadOnlyList<string> PublishCommands { get; } = [.. Publish.Matches(Stage("build")).Select(command => command.Groups[1].Value)];

    /// <summary>Folder that a stage copies into its image, as the publish commands name it.</summary>
    public static string FolderOf(string stage) => Content.Match(Stage(stage)).Groups[1].Value;

    public static IReadOnlyList<string> EntryPointOf(string stage) => JsonSerializer.Deserialize<string[]>(EntryPoint.Match(Stage(stage)).Groups[1].Value)!;

    /// <summary>Base stages of a stage, without itself.</summary>
    public static string BaseOf(string stage) => Regex.Match(Text, $@"^FROM (\S+) AS {stage}$", RegexOptions.Multiline).Groups[1].Value;

    public static string Stage(string name) => Regex.Match(Text, $@"^FROM \S+ AS {name}\n((?:(?!FROM ).*\n)*)", RegexOptions.Multiline).Groups[1].Value;

    [GeneratedRegex(@"^RUN (dotnet publish .*)$", RegexOptions.Multiline)]
    private static partial Regex Publish { get; }

    [GeneratedRegex(@"^COPY --from=build (\S+) \.$", RegexOptions.Multiline)]
    private static partial Regex Content { get; }

    [GeneratedRegex(@"^ENTRYPOINT (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex EntryPoint { get; }
}
