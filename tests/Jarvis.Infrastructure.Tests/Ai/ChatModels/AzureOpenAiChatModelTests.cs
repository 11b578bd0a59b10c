namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class AzureOpenAiChatModelTests : ChatModelContract
{
    protected override string Provider => "azure-openai";

    protected override string AddressSetting => "AzureOpenAI:Endpoint";

    protected override string Key => Secrets.AzureOpenAiKey;

    protected override (string Key, string? Value)[] Settings(Uri root) =>
    [
        ("AzureOpenAI:Endpoint", root.ToString()),
        ("AzureOpenAI:ApiKey", Key),
        ("AzureOpenAI:Deployments:0", Model),
    ];

    [Fact]
    public async Task Deployment_is_called_at_its_own_URL_with_the_API_key()
    {
        await using var models = new ChatModelFixture(Settings(Server.Root));

        await models.AskAsync(Model);

        Server.Chats.Single().Path.Should().StartWith($"/openai/deployments/{Model}/chat/completions?api-version=");
        Server.Chats.Single().Headers["api-key"].Should().Be(Key);
    }
}
