using System.Text.Json;

namespace Jarvis.Web.Tests.Processes;

/// <summary>Starts, kills and restarts the real Jarvis process.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("jarvis-process-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Startup_prints_URL_mode_data_directory_and_model()
    {
        await using var jarvis = Start();

        var address = await jarvis.AddressAsync();

        var output = await JarvisClient.UntilAsync(() => Task.FromResult(jarvis.Output), output => output.Contains("Answers come from", StringComparison.Ordinal));
        output.Should().Contain(address.ToString().TrimEnd('/')).And.Contain("Mode: embedded").And.Contain(directory).And.Contain("jarvis-offline");
        output.Should().NotContain("warn:").And.NotContain("fail:");
    }

    [Fact]
    public async Task Second_process_on_the_same_data_exits_with_one_line_error()
    {
        await using var first = Start();
        await first.AddressAsync();

        await using var second = Start();

        (await second.ExitCodeAsync()).Should().Be(1);
        second.Output.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain(directory).And.Contain($"{first.Id}");
    }

    [Fact]
    public async Task Single_server_mode_connection_string_fails_startup()
    {
        await using var jarvis = Start(("ConnectionStrings:Postgres", "Host=nowhere"));

        (await jarvis.ExitCodeAsync()).Should().Be(1);
        jarvis.Output.Should().Contain("ConnectionStrings:Postgres");
    }

    [Fact]
    public async Task Invalid_setting_fails_startup_and_is_named()
    {
        await using var jarvis = Start(("Memory:Extractor", "Sometimes"));

        (await jarvis.ExitCodeAsync()).Should().Be(1);
        jarvis.Output.Should().Contain("Memory:Extractor").And.NotContain("   at ");
    }

    [Fact]
    public async Task Answer_interrupted_by_a_kill_fails_and_can_be_retried()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.AddFault(OpenAiFault.SilentAfter(2));
        var settings = new[] { ("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:ApiKey", Secrets.OpenAiKey), ("OpenAI:Models", "stand-in") };
        await using var first = Start(settings);
        using var person = await JarvisClient.RegisterAsync(await first.AddressAsync());
        using var stream = await person.StartStreamAsync("Keep this");
        await model.WaitForAsync();

        await first.KillAsync();

        model.ClearFaults();
        await using var second = Start(settings);
        using var newSession = await JarvisClient.SignInAsync(await second.AddressAsync(), person.Username);
        var conversation = (await newSession.GetAsync("/chat/conversations")).Items().Single().Id();
        var turn = (await newSession.TurnsAsync(conversation)).Single();
        turn.Text("prompt").Should().Be("Keep this");
        turn.Text("status").Should().Be("failed");
        turn.GetProperty("error").Text("code").Should().Be("chat.abandoned");
        (await newSession.SendAsync(HttpMethod.Post, $"/chat/turns/{turn.Id()}/retry")).Text("response").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Turn_answered_before_a_kill_is_remembered_afterwards()
    {
        await using var first = Start();
        using var person = await JarvisClient.RegisterAsync(await first.AddressAsync());
        var answer = await person.AskAsync("My dog is called Reksio");
        await first.KillAsync();

        await using var second = Start();
        using var newSession = await JarvisClient.SignInAsync(await second.AddressAsync(), person.Username);

        await newSession.WaitForMemoryAsync(answer.Id("conversationId"));
        (await newSession.AskAsync("What is my dog called?")).Text("response").Should().Contain("Reksio");
        (await newSession.MemoriesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Termination_request_exits_cleanly()
    {
        await using var jarvis = Start();
        await jarvis.AddressAsync();

        (await jarvis.TerminateAsync()).Should().Be(0);
        jarvis.Output.Should().NotContain("Exception");
    }

    private JarvisProcess Start(params (string Key, string Value)[] settings) => JarvisProcess.Start([("Jarvis:DataDirectory", directory), .. settings]);
}
