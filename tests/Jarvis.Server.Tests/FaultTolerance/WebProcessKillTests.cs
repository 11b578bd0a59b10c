namespace Jarvis.Server.Tests.FaultTolerance;

public sealed class WebProcessKillTests(RealServices services)
{
    [Fact]
    public async Task Killed_web_process_leaves_its_turns_retryable_and_others_running()
    {
        await using var server = await JarvisServer.StartAsync(services, ("Memory:SweepInterval", "00:00:01"));
        var killed = server.Start(JarvisProgram.Web);
        var (first, other) = (await killed.AddressAsync(), await server.HostAsync(JarvisProgram.Web));
        await server.HostAsync(JarvisProgram.Worker);
        using var person = await JarvisClient.RegisterAsync(first);
        using var cancellationBus = person.At(other);
        server.Model.AddFault(OpenAiFault.SilentAfter(1), request => !request.IsExtraction);
        using var cut = await person.StartStreamAsync("Hello from here");
        using var slow = await cancellationBus.StartStreamAsync("Hello from there");
        var turns = await JarvisClient.UntilAsync(() => TurnsAsync(cancellationBus), turns => turns.Count == 2);

        await killed.KillAsync();
        var failed = await JarvisClient.UntilAsync(() => TurnsAsync(cancellationBus), turns => turns["Hello from here"].Text("status") == "failed");
        server.Model.ClearFaults();
        var answer = await cancellationBus.SendAsync(HttpMethod.Post, $"/chat/turns/{turns["Hello from here"].Id()}/retry");

        failed["Hello from there"].Text("status").Should().Be("pending");
        answer.Text("response").Should().NotBeEmpty();
    }

    private static async Task<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> TurnsAsync(JarvisClient person)
    {
        var turns = new Dictionary<string, System.Text.Json.JsonElement>();
        foreach (var conversation in (await person.GetAsync("/chat/conversations")).Items())
        {
            foreach (var turn in await person.TurnsAsync(conversation.Id()))
            {
                turns[turn.Text("prompt")] = turn;
            }
        }

        return turns;
    }
}
