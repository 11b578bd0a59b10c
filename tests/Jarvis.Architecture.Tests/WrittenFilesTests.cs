using System.Text.RegularExpressions;

namespace Jarvis.Architecture.Tests;

/// <summary>The repository contains no machine-specific paths or formats.</summary>
public sealed partial class WrittenFilesTests
{
    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".jpg", ".webp", ".mp3", ".wav", ".gz", ".onnx"];

    private static readonly List<SourceFile> SourceFiles = [.. Solution.Files().Where(file => !Binary.Contains(Path.GetExtension(file))).Select(SourceFile.Read)];

    [Fact]
    public void Files_contain_no_machine_specific_path()
    {
        SourceFiles.Should().NotBeEmpty();
        FindMatches(MachinePath()).Should().BeEmpty();
    }

    [Fact]
    public void Files_contain_no_private_package_registry()
    {
        SourceFiles.Should().NotBeEmpty();
        FindMatches(Registry()).Should().BeEmpty();
    }

    [Fact]
    public void Files_use_LF_and_have_no_byte_order_mark()
    {
        SourceFiles.Should().NotBeEmpty();
        SourceFiles.Where(file => file.Text.Contains('\r', StringComparison.Ordinal) || StartsWithMark(file.Name)).Select(file => file.Name)
            .Should().BeEmpty();
    }

    // Reading a file as text drops its byte order mark.
    private static bool StartsWithMark(string file)
    {
        using var bytes = File.OpenRead(Path.Combine(Solution.Root, file));

        return bytes.ReadByte() == 0xEF && bytes.ReadByte() == 0xBB;
    }

    private static IEnumerable<string> FindMatches(Regex pattern) =>
        from file in SourceFiles
        from Match match in pattern.Matches(file.Text)
        select $"{file.Name}:{file.LineOf(match.Index)}: {match.Value}";

    // Home folders and the folders of build machines. The brackets prevent the pattern from matching itself.
    [GeneratedRegex(@"(?<![\w.~$}-])/(h[o]me|r[o]ot|Us[e]rs|w[o]rk|w[o]rkspace)/[\w.-]+|\b[A-Z]:\\Us[e]rs\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://(?!api\.nuget\.org)[\w.:-]+/\S*(index\.js[o]n|/nug[e]t|/pyp[i]|/np[m])\b|artif[a]ctory|jfr[o]g|n[e]xus", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
