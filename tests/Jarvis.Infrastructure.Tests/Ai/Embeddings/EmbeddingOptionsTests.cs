using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Common;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class EmbeddingOptionsTests
{
    [Theory]
    [InlineData("BaseUrl", "http://localhost:11434/v1", "Memory:Embeddings:Model is missing.")]
    [InlineData("Model", "all-minilm", "Memory:Embeddings:BaseUrl is missing.")]
    [InlineData("BaseUrl", "localhost:11434/v1", "Set it to an address such as http://localhost:11434/v1.")]
    public void Incomplete_settings_fail_startup_and_say_what_to_set(string key, string value, string sentence)
    {
        var act = () => Start((key, value)).GetRequiredService<IStartupValidator>().Validate();

        act.Should().Throw<Exception>().Which.ToString().Should().Contain(sentence);
    }

    [Fact]
    public void Key_without_address_fails_startup_and_is_not_shown()
    {
        var act = () => Start(("ApiKey", Secrets.EmbeddingsKey)).GetRequiredService<IStartupValidator>().Validate();

        act.Should().Throw<Exception>().Which.ToString().Should().Contain("Memory:Embeddings:BaseUrl is missing.").And.NotContain(Secrets.EmbeddingsKey);
    }

    [Theory]
    [InlineData("0", "*Memory:Embeddings:Dimensions must be between 1 and 4096*")]
    [InlineData("many", "*'many' at 'Memory:Embeddings:Dimensions'*")]
    [InlineData("100000", "*Memory:Embeddings:Dimensions must be between 1 and 4096*")]
    public void Invalid_dimensions_fail_startup(string dimensions, string message)
    {
        var act = () => Start(("BaseUrl", "http://localhost/v1"), ("Model", "all-minilm"), ("Dimensions", dimensions))
            .GetRequiredService<IStartupValidator>().Validate();

        act.Should().Throw<Exception>().WithMessage(message);
    }

    [Fact]
    public async Task Empty_embedding_settings_count_as_not_set()
    {
        var services = Start(("BaseUrl", ""), ("Model", " "), ("Dimensions", ""), ("ApiKey", ""));

        services.GetRequiredService<IStartupValidator>().Validate();

        services.GetRequiredService<IEmbeddingBackfill>().IsEnabled.Should().BeFalse();
        (await services.GetRequiredService<IQueryEmbedder>().EmbedQueryAsync("parrot", CancellationToken.None)).Should().BeNull();
    }

    [Theory]
    [InlineData("http://localhost:11434/v1", true)]
    [InlineData("http://127.0.0.1:11434/v1", true)]
    [InlineData("http://[::1]/v1", true)]
    [InlineData("http://10.1.2.3/v1", true)]
    [InlineData("http://172.31.2.3/v1", true)]
    [InlineData("http://192.168.2.3/v1", true)]
    [InlineData("http://[fd12::1]/v1", true)]
    [InlineData("http://ollama:11434/v1", true)]
    [InlineData("http://box.lan/v1", true)]
    [InlineData("http://172.32.2.3/v1", false)]
    [InlineData("http://8.8.8.8/v1", false)]
    [InlineData("https://api.openai.com/v1", false)]
    [InlineData("https://localhost.example.org/v1", false)]
    public void Address_is_local_only_in_the_private_network(string address, bool local) => PrivateNetwork.Contains(new Uri(address)).Should().Be(local);

    private static ServiceProvider Start(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => "Memory:Embeddings:" + setting.Key, setting => (string?)setting.Value))
            .Build();

        return new ServiceCollection().AddCapturedLogging().AddEmbeddings(configuration).BuildServiceProvider();
    }
}
