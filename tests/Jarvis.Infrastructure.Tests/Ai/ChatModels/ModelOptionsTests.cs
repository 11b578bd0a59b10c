using Jarvis.Application.Conversations;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData("OpenAI:BaseUrl", "example.org/v1", "Set it to an address such as https://api.openai.com/v1.")]
    [InlineData("LocalLlm:BaseUrl", "ftp://localhost/v1", "Set it to an address such as http://localhost:11434/v1.")]
    [InlineData("AzureOpenAI:Endpoint", "https://a.openai.azure.com", "AzureOpenAI:ApiKey is missing.")]
    [InlineData("AzureOpenAI:Endpoint", "https://a.openai.azure.com/", "AzureOpenAI:Deployments is missing.")]
    [InlineData("ChatModels:TokenTimeout", "00:00:00", "ChatModels:TokenTimeout must be longer than zero")]
    [InlineData("ChatModels:Retries", "11", "ChatModels:Retries must be between 0 and 10.")]
    public async Task Invalid_model_setting_error_says_what_to_set(string key, string value, string sentence)
    {
        await using var models = new ChatModelFixture((key, value));

        var act = () => models.Get<IStartupValidator>().Validate();

        act.Should().Throw<Exception>().Which.ToString().Should().Contain(sentence);
    }

    [Fact]
    public async Task Key_without_address_error_names_the_setting_and_hides_the_key()
    {
        await using var models = new ChatModelFixture(("AzureOpenAI:ApiKey", Secrets.AzureOpenAiKey));

        var act = () => models.Get<IStartupValidator>().Validate();

        act.Should().Throw<Exception>().Which.ToString().Should().Contain("AzureOpenAI:Endpoint").And.NotContain(Secrets.AzureOpenAiKey);
    }

    [Fact]
    public async Task Empty_model_settings_count_as_not_set()
    {
        await using var models = new ChatModelFixture(
            ("OpenAI:ApiKey", ""),
            ("OpenAI:BaseUrl", " "),
            ("OpenAI:Models", ""),
            ("AzureOpenAI:Endpoint", ""),
            ("AzureOpenAI:ApiKey", ""),
            ("AzureOpenAI:Deployments", ""),
            ("LocalLlm:Model", ""));

        models.Get<IStartupValidator>().Validate();

        models.Get<IChatModelCatalog>().List().Select(model => model.Id).Should().Equal("qwen2.5:3b-instruct", "jarvis-offline");
    }
}
