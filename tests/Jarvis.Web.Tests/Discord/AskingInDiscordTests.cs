using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.Discord;

public sealed class AskingInDiscordTests : IAsyncLifetime
{
    private DiscordStand stand = null!;

    public async ValueTask InitializeAsync() => stand = await DiscordStand.StartAsync();

    public ValueTask DisposeAsync() => stand.DisposeAsync();

    [Fact]
    public async Task A_question_is_promised_at_once_and_its_answer_edited_in()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "Reksio.";
        var question = DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "What is my dog called?");

        var promise = await stand.Discord.SendAsync(stand.Address, question);
        var answer = await stand.Discord.AnswerAsync(question);

        promise.GetProperty("type").GetInt32().Should().Be(5);
        promise.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64, "only the person sees it");
        answer.Should().Equal("Reksio.");
        var edit = stand.Discord.Requests.Single(request => request.IsReply);
        edit.Method.Should().Be("PATCH");
        edit.Json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
    }
}
