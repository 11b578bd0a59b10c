using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.ChatModels;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Infrastructure.Tests.ChatModels;

public sealed class ChatModelCatalogTests
{
    private const string Configured = "qwen2.5:3b-instruct";

    [Fact]
    public async Task Without_any_model_the_offline_responder_answers()
    {
        await using var models = new ModelsUnderTest();
        await models.LookAsync();

        var model = models.Catalog.Find(id: null).Value.Description;

        model.Should().Be(new ChatModelDescription("jarvis-offline", "offline", Available: true, Local: true));
        models.Catalog.List().Should().Equal(new ChatModelDescription(Configured, "local", Available: false, Local: true), model);
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
    }

    [Fact]
    public async Task A_local_server_brings_its_models_once_it_is_there()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3:latest", "nomic-embed-text:latest", Configured];
        await using var models = new ModelsUnderTest(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.LookAsync();

        models.Catalog.List().Where(model => model.Provider == "local").Should().Equal(
            new ChatModelDescription(Configured, "local", Available: true, Local: true),
            new ChatModelDescription("llama3:latest", "local", Available: true, Local: true));
        models.Catalog.Find(id: null).Value.Description.Id.Should().Be(Configured);
        models.Get<LocalLlmAvailability>().Available.Should().BeTrue();
    }

    [Fact]
    public async Task A_local_server_without_the_configured_model_answers_with_the_one_it_has()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3"];
        await using var models = new ModelsUnderTest(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.LookAsync();

        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("llama3");
        models.Catalog.List().Should().Contain(new ChatModelDescription(Configured, "local", Available: false, Local: true));
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
    }

    [Fact]
    public async Task A_local_model_that_went_away_is_missed_not_replaced()
    {
        var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3", Configured];
        await using var models = new ModelsUnderTest(("LocalLlm:BaseUrl", server.BaseUrl.ToString()), ("ChatModels:Retries", "0"));
        await models.LookAsync();

        await server.DisposeAsync();
        await models.LookAsync();

        models.Catalog.Find(id: null).Value.Description.Should().Be(new ChatModelDescription(Configured, "local", Available: false, Local: true));
        models.Catalog.Find("llama3").Value.Description.Available.Should().BeFalse();
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
        (await models.AskAsync()).Error.Code.Should().Be("model.unreachable");
    }

    [Fact]
    public async Task A_provider_is_looked_at_again_by_itself_after_a_failure()
    {
        using var nobody = new ClosedPort();
        await using var models = new ModelsUnderTest(
            ("OpenAI:BaseUrl", nobody.BaseUrl.ToString()),
            ("OpenAI:Models", "stand-in"),
            ("ChatModels:Retries", "0"),
            ("ChatModels:ProbeInterval", "01:00:00"));
        var probe = models.Get<ChatModelProbe>();
        await probe.StartAsync(CancellationToken.None);
        await models.Catalog.FirstLook;
        var port = nobody.Number;
        nobody.Dispose();
        await using var server = await OpenAiStandIn.StartAsync(port);
        server.Misbehave(OpenAiFault.Garbage);

        await models.AskAsync();

        await server.WaitForAsync(when: request => request.Path == "/v1/models");
        await probe.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_configured_cloud_model_stays_the_choice_while_it_is_away()
    {
        await using var local = await OpenAiStandIn.StartAsync();
        using var nobody = new ClosedPort();
        await using var models = new ModelsUnderTest(
            ("OpenAI:BaseUrl", nobody.BaseUrl.ToString()),
            ("OpenAI:Models", "a, b"),
            ("LocalLlm:BaseUrl", local.BaseUrl.ToString()));
        var before = models.Catalog.Find(id: null).Value.Description;

        await models.LookAsync();

        before.Should().Be(new ChatModelDescription("a", "openai", Available: true, Local: false));
        models.Catalog.Find(id: null).Value.Description.Should().Be(before with { Available = false });
        models.Catalog.List().Select(model => model.Id).Should().StartWith(["a", "b"]);
    }

    [Fact]
    public async Task A_refused_key_makes_a_model_unavailable()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.ApiKey = Secrets.OpenAiKey;
        await using var models = new ModelsUnderTest(
            ("OpenAI:BaseUrl", server.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.WrongKey),
            ("OpenAI:Models:0", "stand-in"));

        await models.LookAsync();

        models.Catalog.Find("stand-in").Value.Description.Available.Should().BeFalse();
    }

    [Fact]
    public async Task A_compatible_server_without_named_models_offers_those_it_lists()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["x", "y"];
        await using var models = new ModelsUnderTest(("OpenAI:BaseUrl", server.BaseUrl.ToString()));
        var before = models.Catalog.List();

        await models.LookAsync();

        before.Should().NotContain(model => model.Provider == "openai");
        models.Catalog.List().Where(model => model.Provider == "openai").Select(model => model.Id).Should().Equal("x", "y");
        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("x");
    }

    [Fact]
    public async Task A_key_alone_brings_the_public_default_model()
    {
        await using var models = new ModelsUnderTest(("OPENAI_API_KEY", Secrets.OpenAiKey));

        var model = models.Catalog.Find(id: null).Value.Description;

        model.Should().Be(new ChatModelDescription("gpt-4o-mini", "openai", Available: true, Local: false));
    }

    [Fact]
    public async Task Two_providers_may_have_a_model_of_one_name()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        await using var models = new ModelsUnderTest(
            ("OpenAI:BaseUrl", server.BaseUrl.ToString()),
            ("OpenAI:Models", "same"),
            ("AzureOpenAI:Endpoint", server.Root.ToString()),
            ("AzureOpenAI:ApiKey", Secrets.AzureOpenAiKey),
            ("AzureOpenAI:Deployments", "same"));

        var ids = models.Catalog.List().Select(model => (model.Id, model.Provider));

        ids.Should().StartWith([("same", "openai"), ("azure-openai/same", "azure-openai")]);
        (await models.AskAsync("azure-openai/same")).UsedTokens.Should().BePositive();
        server.Chats.Single().Path.Should().StartWith("/openai/deployments/same/");
    }

    [Fact]
    public async Task An_unknown_model_is_refused_by_name()
    {
        await using var models = new ModelsUnderTest();

        var found = models.Catalog.Find("nobody");

        found.Error.Should().BeEquivalentTo(ChatErrors.UnknownModel("nobody"));
    }

    [Fact]
    public async Task A_provider_that_hangs_keeps_nobody_waiting()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Misbehave(OpenAiFault.Silence, _ => true);
        await using var models = new ModelsUnderTest(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        var looking = models.LookAsync();
        await server.WaitForAsync(when: _ => true);

        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("jarvis-offline");
        looking.IsCompleted.Should().BeFalse();
        await looking.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_server_that_lists_nonsense_is_not_there()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Misbehave(OpenAiFault.HtmlPage, _ => true);
        await using var models = new ModelsUnderTest(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.LookAsync();

        models.Catalog.Find(Configured).Value.Description.Available.Should().BeFalse();
    }
}
