using System.Globalization;
using Jarvis.Infrastructure.Embedded;

namespace Jarvis.Infrastructure.Tests.Embedded;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("jarvis-data-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void It_is_created_for_its_owner_alone()
    {
        using var data = DataDirectory.Open(Path.Combine(root.FullName, "new"));

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(data.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_second_Jarvis_on_it_is_told_which_directory_who_has_it_and_what_to_do()
    {
        using var first = DataDirectory.Open(root.FullName);

        var second = () => DataDirectory.Open(root.FullName);

        second.Should().Throw<StartupException>()
            .WithMessage($"*{root.FullName}*process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}*Jarvis:DataDirectory*")
            .Which.Message.Should().NotContain("\n");
    }

    [Fact]
    public void When_the_first_is_gone_the_next_has_it()
    {
        DataDirectory.Open(root.FullName).Dispose();

        using var next = DataDirectory.Open(root.FullName);

        next.Path.Should().Be(root.FullName);
    }

    [Fact]
    public void What_cannot_be_written_to_is_refused_in_one_line()
    {
        var file = Path.Combine(root.FullName, "file");
        File.WriteAllText(file, "");

        var open = () => DataDirectory.Open(Path.Combine(file, "below"));

        open.Should().Throw<StartupException>().WithMessage("*cannot be used*Jarvis:DataDirectory*").Which.Message.Should().NotContain("\n");
    }

    [Fact]
    public void Disposing_twice_leaves_the_next_ones_pid_alone()
    {
        var first = DataDirectory.Open(root.FullName);
        first.Dispose();
        using var next = DataDirectory.Open(root.FullName);

        first.Dispose();

        File.Exists(Path.Combine(root.FullName, "jarvis.pid")).Should().BeTrue();
    }
}
