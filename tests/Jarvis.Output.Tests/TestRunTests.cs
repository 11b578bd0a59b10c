namespace Jarvis.Output.Tests;

public sealed class TestRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jarvis-output-").FullName;

    private string Results => Path.Combine(folder, "results");

    private string Generated => Path.Combine(folder, "generated");

    public TestRunTests()
    {
        Directory.CreateDirectory(Results);
        Directory.CreateDirectory(Generated);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Leak_is_reported_by_file_line_and_name_without_its_value()
    {
        Write("Jarvis.Web.Tests.trx", "<xml/>");
        Write("output/Jarvis.Web.Tests/1-0001-web.log", $"fine\nsigned in with {Secrets.OpenAiKey}\n");

        var leaks = Run().Leaks(KnownSecret.Constants);

        leaks.Should().Equal((Path.Combine("output", "Jarvis.Web.Tests", "1-0001-web.log") + ":2", nameof(Secrets.OpenAiKey)));
    }

    [Fact]
    public void Secret_generated_during_the_run_is_found()
    {
        Write("output/Jarvis.Web.Tests/1-0001-web.log", "password of Redis: 0123456789abcdef");
        WriteGeneratedSecrets("Jarvis.Web.Tests.17", "password of the embedded Redis\t" + Convert.ToBase64String("0123456789abcdef"u8));

        var leaks = Run().Leaks(KnownSecret.Constants);

        leaks.Should().ContainSingle().Which.Secret.Should().Be("password of the embedded Redis");
    }

    [Fact]
    public void Output_without_a_secret_has_no_leaks()
    {
        Write("Jarvis.Domain.Tests.trx", "<xml/>");

        Run().Leaks(KnownSecret.Constants).Should().BeEmpty();
    }

    [Fact]
    public void Missing_output_fails()
    {
        Write("Jarvis.Output.Tests.log", "its own");
        Write("Jarvis.Domain.Tests.log", "");

        var act = () => Run().Leaks(KnownSecret.Constants);

        act.Should().Throw<InvalidOperationException>().WithMessage("*contains no output*");
    }

    [Fact]
    public void Empty_list_of_known_secrets_fails()
    {
        Write("Jarvis.Domain.Tests.trx", "<xml/>");

        var act = () => Run().Leaks([]);

        act.Should().Throw<InvalidOperationException>().WithMessage("The list of secrets*is empty.");
    }

    [Fact]
    public void Run_with_secrets_but_without_logs_fails()
    {
        Write("Jarvis.Web.Tests.trx", "<xml/>");
        WriteGeneratedSecrets("Jarvis.Web.Tests.17", "password of a Redis\t" + Convert.ToBase64String("0123456789abcdef"u8));

        var act = () => Run().Leaks(KnownSecret.Constants);

        act.Should().Throw<InvalidOperationException>().WithMessage("Jarvis.Web.Tests used secrets*");
    }

    private TestRun Run() => new(Results, Generated);

    private void Write(string file, string text)
    {
        var path = Path.Combine(Results, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void WriteGeneratedSecrets(string file, string line) => File.WriteAllText(Path.Combine(Generated, file), line);
}
