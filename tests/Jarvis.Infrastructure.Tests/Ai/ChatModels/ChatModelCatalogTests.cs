using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Ai.ChatModels;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class ChatModelCatalogTests
{
    private const string Configured = "qwen2.5:3b-instruct";

    [Fact]
    public async Task Built_in_model_is_the_default_when_no_other_is_available()
    {
        await using var models = new ChatModelFixture();
        await models.ProbeAsync();

        var model = models.Catalog.Find(id: null).Value.Description;

        model.Should().Be(new ChatModelDescription("jarvis-offline", "offline", Available: true, Local: true));
        models.Catalog.List().Should().Equal(new ChatModelDescription(Configured, "local", Available: false, Local: true), model);
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
    }

    [Fact]
    public async Task Models_of_local_server_are_listed_after_a_successful_probe()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3:latest", "nomic-embed-text:latest", Configured];
        await using var models = new ChatModelFixture(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.ProbeAsync();

        models.Catalog.List().Where(model => model.Provider == "local").Should().Equal(
            new ChatModelDescription(Configured, "local", Available: true, Local: true),
            new ChatModelDescription("llama3:latest", "local", Available: true, Local: true));
        models.Catalog.Find(id: null).Value.Description.Id.Should().Be(Configured);
        models.Get<LocalLlmAvailability>().Available.Should().BeTrue();
    }

    [Fact]
    public async Task Local_server_without_configured_model_offers_its_own_model()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3"];
        await using var models = new ChatModelFixture(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.ProbeAsync();

        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("llama3");
        models.Catalog.List().Should().Contain(new ChatModelDescription(Configured, "local", Available: false, Local: true));
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
    }

    [Fact]
    public async Task Unavailable_local_model_is_not_replaced_by_another()
    {
        var server = await OpenAiStandIn.StartAsync();
        server.Models = ["llama3", Configured];
        await using var models = new ChatModelFixture(("LocalLlm:BaseUrl", server.BaseUrl.ToString()), ("ChatModels:Retries", "0"));
        await models.ProbeAsync();

        await server.DisposeAsync();
        await models.ProbeAsync();

        models.Catalog.Find(id: null).Value.Description.Should().Be(new ChatModelDescription(Configured, "local", Available: false, Local: true));
        models.Catalog.Find("llama3").Value.Description.Available.Should().BeFalse();
        models.Get<LocalLlmAvailability>().Available.Should().BeFalse();
        (await models.AskAsync()).Error.Code.Should().Be("model.unreachable");
    }

    [Fact]
    public async Task Failed_call_triggers_a_new_provider_probe()
    {
        using var closedPort = new ClosedPort();
        await using var models = new ChatModelFixture(
            ("OpenAI:BaseUrl", closedPort.BaseUrl.ToString()),
            ("OpenAI:Models", "stand-in"),
            ("ChatModels:Retries", "0"),
            ("ChatModels:ProbeInterval", "01:00:00"));
        var probe = models.Get<ChatModelProbe>();
        await probe.StartAsync(CancellationToken.None);
        await models.Catalog.InitialProbe;
        var port = closedPort.Number;
        closedPort.Dispose();
        await using var server = await OpenAiStandIn.StartAsync(port);
        server.AddFault(OpenAiFault.Garbage);

        await models.AskAsync();

        await server.WaitForAsync(when: request => request.Path == "/v1/models");
        await probe.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Configured_cloud_model_stays_the_default_while_unreachable()
    {
        await using var local = await OpenAiStandIn.StartAsync();
        using var closedPort = new ClosedPort();
        await using var models = new ChatModelFixture(
            ("OpenAI:BaseUrl", closedPort.BaseUrl.ToString()),
            ("OpenAI:Models", "a, b"),
            ("LocalLlm:BaseUrl", local.BaseUrl.ToString()));
        var before = models.Catalog.Find(id: null).Value.Description;

        await models.ProbeAsync();

        before.Should().Be(new ChatModelDescription("a", "openai", Available: true, Local: false));
        models.Catalog.Find(id: null).Value.Description.Should().Be(before with { Available = false });
        models.Catalog.List().Select(model => model.Id).Should().StartWith(["a", "b"]);
    }

    [Fact]
    public async Task Rejected_key_makes_the_model_unavailable()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.ApiKey = Secrets.OpenAiKey;
        await using var models = new ChatModelFixture(
            ("OpenAI:BaseUrl", server.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.WrongKey),
            ("OpenAI:Models:0", "stand-in"));

        await models.ProbeAsync();

        models.Catalog.Find("stand-in").Value.Description.Available.Should().BeFalse();
    }

    [Fact]
    public async Task Compatible_server_without_named_models_offers_those_it_lists()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.Models = ["x", "y"];
        await using var models = new ChatModelFixture(("OpenAI:BaseUrl", server.BaseUrl.ToString()));
        var before = models.Catalog.List();

        await models.ProbeAsync();

        before.Should().NotContain(model => model.Provider == "openai");
        models.Catalog.List().Where(model => model.Provider == "openai").Select(model => model.Id).Should().Equal("x", "y");
        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("x");
    }

    [Fact]
    public async Task Key_alone_enables_the_default_OpenAI_model()
    {
        await using var models = new ChatModelFixture(("OPENAI_API_KEY", Secrets.OpenAiKey));

        var model = models.Catalog.Find(id: null).Value.Description;

        model.Should().Be(new ChatModelDescription("gpt-4o-mini", "openai", Available: true, Local: false));
    }

    [Fact]
    public async Task Model_name_shared_by_two_providers_is_prefixed_for_the_second()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        await using var models = new ChatModelFixture(
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
    public async Task Unknown_model_error_names_the_model()
    {
        await using var models = new ChatModelFixture();

        var found = models.Catalog.Find("unknown");

        found.Error.Should().BeEquivalentTo(ChatErrors.UnknownModel("unknown"));
    }

    [Fact]
    public async Task Unresponsive_provider_does_not_block_the_catalog()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.AddFault(OpenAiFault.Silence, _ => true);
        await using var models = new ChatModelFixture(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        var probe = models.ProbeAsync();
        await server.WaitForAsync(when: _ => true);

        models.Catalog.Find(id: null).Value.Description.Id.Should().Be("jarvis-offline");
        probe.IsCompleted.Should().BeFalse();
        await probe.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Server_with_invalid_model_list_is_unavailable()
    {
        await using var server = await OpenAiStandIn.StartAsync();
        server.AddFault(OpenAiFault.HtmlPage, _ => true);
        await using var models = new ChatModelFixture(("LocalLlm:BaseUrl", server.BaseUrl.ToString()));

        await models.ProbeAsync();

        models.Catalog.Find(Configured).Value.Description.Available.Should().BeFalse();
    }
}
