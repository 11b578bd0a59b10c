using System.Text.Json;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class OpenAiChatModelTests : ChatModelContract
{
    protected override string Provider => "openai";

    protected override string AddressSetting => "OpenAI:BaseUrl";

    protected override string Key => Secrets.OpenAiKey;

    protected override (string Key, string? Value)[] Settings(Uri root) =>
    [
        ("OpenAI:BaseUrl", $"{root}v1"),
        ("OpenAI:ApiKey", Key),
        ("OpenAI:Models", Model),
    ];

    [Fact]
    public async Task Custom_server_receives_max_tokens_instead_of_max_completion_tokens()
    {
        await using var models = new ChatModelFixture(Settings(Server.Root));

        await models.AskAsync(Model);

        var request = Server.Chats.Single();
        request.Member("max_tokens").GetInt32().Should().Be(321);
        request.Member("max_completion_tokens").ValueKind.Should().Be(JsonValueKind.Undefined);
        request.WantsUsage.Should().BeTrue();
    }
}
