using Jarvis.Testing;
using System.Text.Json;

namespace Jarvis.Infrastructure.Tests.ChatModels;

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
    public async Task A_server_of_ones_own_is_told_the_greatest_length_by_the_name_it_knows()
    {
        await using var models = new ModelsUnderTest(Settings(Server.Root));

        await models.AskAsync(Model);

        var request = Server.Chats.Single();
        request.Member("max_tokens").GetInt32().Should().Be(321);
        request.Member("max_completion_tokens").ValueKind.Should().Be(JsonValueKind.Undefined);
        request.WantsUsage.Should().BeTrue();
    }
}
