using System.Globalization;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Hosting.Embedded;

namespace Jarvis.Infrastructure.Tests.Hosting.Embedded;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("jarvis-data-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Directory_is_created_with_owner_only_permissions()
    {
        using var data = DataDirectory.Open(Path.Combine(root.FullName, "new"));

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(data.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Second_process_gets_error_naming_directory_process_id_and_setting()
    {
        using var first = DataDirectory.Open(root.FullName);

        var act = () => DataDirectory.Open(root.FullName);

        act.Should().Throw<StartupException>()
            .WithMessage($"*{root.FullName}*process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}*Jarvis:DataDirectory*")
            .Which.Message.Should().NotContain("\n");
    }

    [Fact]
    public void Directory_can_be_opened_again_after_disposal()
    {
        DataDirectory.Open(root.FullName).Dispose();

        using var next = DataDirectory.Open(root.FullName);

        next.Path.Should().Be(root.FullName);
    }

    [Fact]
    public void Unusable_directory_is_rejected_with_one_line_error()
    {
        var file = Path.Combine(root.FullName, "file");
        File.WriteAllText(file, "");

        var act = () => DataDirectory.Open(Path.Combine(file, "below"));

        act.Should().Throw<StartupException>().WithMessage("*can't be used*Jarvis:DataDirectory*").Which.Message.Should().NotContain("\n");
    }

    [Fact]
    public void Second_disposal_keeps_the_pid_file_of_the_next_owner()
    {
        var first = DataDirectory.Open(root.FullName);
        first.Dispose();
        using var next = DataDirectory.Open(root.FullName);

        first.Dispose();

        File.Exists(Path.Combine(root.FullName, "jarvis.pid")).Should().BeTrue();
    }
}
