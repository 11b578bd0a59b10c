using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Jarvis.Server.Tests.Discord;

/// <summary>Any process can deliver an answer that Jarvis has deferred in Discord.</summary>
public sealed class DeferredAnswerTests(RealServices services) : IAsyncLifetime
{
    private readonly DiscordPerson ada = DiscordPerson.New();
    private DiscordStandIn discord = null!;
    private JarvisServer server = null!;
    private JarvisProcess web = null!;
    private JarvisClient client = null!;
    private string state = "";

    public async ValueTask InitializeAsync()
    {
        discord = await DiscordStandIn.StartAsync();
        server = await JarvisServer.StartAsync(services, discord.Settings);
        web = await server.StartAndWaitAsync(JarvisProgram.Web, ("Logging:LogLevel:Default", "Information"));
        client = await JarvisClient.RegisterAsync(await web.AddressAsync());
        using var redirect = await client.Http.GetAsync("/discord/link");
        state = QueryHelpers.ParseQuery(redirect.Headers.Location!.Query)["state"].ToString();
        using var linked = await client.Http.GetAsync(discord.Approve(redirect.Headers.Location!, ada));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await discord.DisposeAsync();
    }

    [Fact]
    public async Task Question_survives_killed_web_process_and_is_answered_by_another()
    {
        server.Model.AddFault(OpenAiFault.SilentAfter(3), request => request is { IsChat: true, IsExtraction: false }, times: 1);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Are you still there?");
        await discord.SendAsync(await web.AddressAsync(), question);
        await server.Model.WaitForAsync();

        await web.KillAsync();
        await server.HostAsync(JarvisProgram.Web);
        var answer = await discord.AnswerAsync(question);

        answer.Should().ContainSingle().Which.Should().StartWith("You said: Are you still there?");
        (await server.SqlAsync("SELECT status, prompt FROM conversation_history")).Should().Be("completed|Are you still there?", "the retry uses the same turn");
        await Eventually.IsTrueAsync(async () => await server.CountAsync("SELECT count(*) FROM discord_questions") == 0, "the deferred question is deleted");
    }

    [Fact]
    public async Task Model_error_after_process_restart_is_reported_to_Discord()
    {
        server.Model.AddFault(OpenAiFault.SilentAfter(3), request => request is { IsChat: true, IsExtraction: false }, times: 1);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Are you still there?");
        await discord.SendAsync(await web.AddressAsync(), question);
        await server.Model.WaitForAsync();

        await web.KillAsync();
        server.Model.AddFault(OpenAiFault.Unauthorized);
        await server.HostAsync(JarvisProgram.Web);
        var answer = await discord.AnswerAsync(question);

        answer.Should().ContainSingle().Which.Should().Contain("rejected the API key. Your message is saved").And.Contain("/chat/");
    }

    [Fact]
    public async Task Replayed_interaction_is_rejected_by_another_process()
    {
        var other = await server.HostAsync(JarvisProgram.Web);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Once");

        await discord.AskAsync(await web.AddressAsync(), question);
        using var replayed = await discord.PostAsync(other, question);

        replayed.StatusCode.Should().Be(HttpStatusCode.Conflict);
        server.Model.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task Discord_secrets_are_not_in_logs_or_readable_in_the_database()
    {
        server.Model.AddFault(OpenAiFault.Silence);
        discord.AddFault(DiscordFault.ServerError, request => request.IsReply || request.IsNotice);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hush");
        await discord.SendAsync(await web.AddressAsync(), question);
        await server.Model.WaitForAsync();

        var stored = await server.SqlAsync("SELECT * FROM discord_questions; SELECT * FROM discord_accounts");
        await web.TerminateAsync();

        string[] secrets = [state, Secrets.Marker];
        stored.Should().Contain("Hush");
        web.Output.Should().Contain("Executing endpoint", "debug logging is enabled");
        secrets.Should().NotContain(secret => stored.Contains(secret, StringComparison.Ordinal) || web.Output.Contains(secret, StringComparison.Ordinal));
    }
}
