using System.ClientModel;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Configured providers, in the order of preference.</summary>
internal sealed class ModelProviders(
    IOptions<OpenAiOptions> openAi,
    IOptions<AzureOpenAiOptions> azure,
    IOptions<LocalLlmOptions> local,
    IOptions<ChatTimeoutOptions> timeouts,
    ModelHttpClient http,
    TimeProvider clock)
{
    public const string OpenAi = "openai";
    public const string Azure = "azure-openai";
    public const string LocalLlm = "local";

    private const string AzureApiVersion = "2024-10-21";
    private const string OllamaPort = ":11434";

    /// <summary>Placeholder for servers without a key, because the library requires one.</summary>
    private const string NoKey = "none";

    public IReadOnlyList<ModelProvider> All { get; } =
    [
        .. openAi.Value.IsConfigured ? [OpenAiProvider(openAi.Value, timeouts.Value, http, clock)] : Array.Empty<ModelProvider>(),
        .. azure.Value.IsConfigured ? [AzureProvider(azure.Value, timeouts.Value, http, clock)] : Array.Empty<ModelProvider>(),
        LocalProvider(local.Value, timeouts.Value, http, clock),
    ];

    private static ModelProvider OpenAiProvider(OpenAiOptions options, ChatTimeoutOptions timeouts, ModelHttpClient http, TimeProvider clock)
    {
        var server = new ModelServer(OpenAi, options.IsPublic ? "OpenAI" : null, Combine(options.BaseUrl, "models"), "Authorization", options.ApiKey, local: false)
        {
            UrlSetting = "OpenAI:BaseUrl",
            KeySetting = "OpenAI:ApiKey",
            AddModel = _ => "OpenAI:Models",
        };
        IReadOnlyList<string> models = options is { IsPublic: true, Models.Count: 0 } ? [OpenAiOptions.DefaultModel] : options.Models;

        return new ModelProvider(
            server,
            models,
            model => WithResilience(CreateClient(options.BaseUrl, options.ApiKey, model, http), !options.IsPublic, timeouts.FirstTokenTimeout, timeouts, clock))
        {
            UsesListedModels = models.Count == 0,
            IsAssumedReachable = models.Count > 0,
        };
    }

    private static ModelProvider AzureProvider(AzureOpenAiOptions options, ChatTimeoutOptions timeouts, ModelHttpClient http, TimeProvider clock)
    {
        var models = Combine(options.Endpoint!, $"openai/models?api-version={AzureApiVersion}");
        var server = new ModelServer(Azure, "Azure OpenAI", models, "api-key", options.ApiKey, local: false)
        {
            UrlSetting = "AzureOpenAI:Endpoint",
            KeySetting = "AzureOpenAI:ApiKey",
            AddModel = _ => "AzureOpenAI:Deployments",
        };
        var client = new AzureOpenAIClient(options.Endpoint, new ApiKeyCredential(options.ApiKey!), http.ConfigurePipeline(new AzureOpenAIClientOptions()));

        return new ModelProvider(
            server,
            options.Deployments,
            deployment => WithResilience(client.GetChatClient(deployment).AsIChatClient(), legacyMaxTokens: false, timeouts.FirstTokenTimeout, timeouts, clock))
        {
            UsesListedModels = false,
            IsAssumedReachable = true,
        };
    }

    private static ModelProvider LocalProvider(LocalLlmOptions options, ChatTimeoutOptions timeouts, ModelHttpClient http, TimeProvider clock)
    {
        var isOllama = options.BaseUrl.Authority.EndsWith(OllamaPort, StringComparison.Ordinal);
        var server = new ModelServer(LocalLlm, isOllama ? "Ollama" : null, Combine(options.BaseUrl, "models"), "Authorization", options.ApiKey, local: true)
        {
            UrlSetting = "LocalLlm:BaseUrl",
            KeySetting = "LocalLlm:ApiKey",
            AddModel = model => isOllama ? $"ollama pull {model}" : "LocalLlm:Model",
        };

        return new ModelProvider(
            server,
            [options.Model],
            model => WithResilience(
                CreateClient(options.BaseUrl, options.ApiKey, model, http), legacyMaxTokens: true, timeouts.LocalFirstTokenTimeout, timeouts, clock))
        {
            UsesListedModels = true,
            IsAssumedReachable = false,
        };
    }

    private static IChatClient CreateClient(Uri baseUrl, string? apiKey, string model, ModelHttpClient http)
    {
        var options = http.ConfigurePipeline(new OpenAIClientOptions { Endpoint = baseUrl });

        return new OpenAIClient(new ApiKeyCredential(apiKey ?? NoKey), options).GetChatClient(model).AsIChatClient();
    }

    /// <summary>
    /// Declares the decorators of one HTTP call, the outermost first. <see cref="ChatModelCatalog"/> declares those of a whole answer:
    /// retries, priority and health.
    /// </summary>
    /// <param name="legacyMaxTokens">Indicates whether the server expects the older name of the token limit.</param>
    private static StreamTimeoutChatClient WithResilience(
        IChatClient client, bool legacyMaxTokens, TimeSpan firstToken, ChatTimeoutOptions timeouts, TimeProvider clock) =>
        new(
            new TemperatureFallbackChatClient(
                legacyMaxTokens ? new LegacyMaxTokensChatClient(client) : client),
            firstToken,
            timeouts.TokenTimeout,
            clock);

    private static Uri Combine(Uri address, string path) => new($"{address.AbsoluteUri.TrimEnd('/')}/{path}");
}
