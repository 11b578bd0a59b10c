using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Address of a provider's models, and the settings that errors refer to.</summary>
/// <param name="provider">Id as in <see cref="Jarvis.Application.Conversations.ChatModelDescription.Provider"/>.</param>
/// <param name="product">Name of the server software; null if unknown.</param>
/// <param name="modelsUrl">Address of the model list. A probe reads it to check the server and the key.</param>
internal sealed class ModelServer(string provider, string? product, Uri modelsUrl, string keyHeader, string? apiKey, bool local)
{
    public string Provider { get; } = provider;

    public bool Local { get; } = local;

    /// <summary>
    /// Indicates whether this is the local model and its address is private. Any other server may pass on the conversation.
    /// </summary>
    public bool IsPrivate { get; } = local && PrivateNetwork.Contains(modelsUrl);

    public Uri ModelsUrl { get; } = modelsUrl;

    /// <summary>Name in errors. It contains no words that need translating.</summary>
    public string Name { get; } = product is null ? modelsUrl.Authority : $"{product} ({modelsUrl.Authority})";

    public required string UrlSetting { get; init; }

    public required string KeySetting { get; init; }

    /// <summary>Returns the setting or command that adds a model.</summary>
    public required Func<string, string> AddModel { get; init; }

    public HttpRequestMessage CreateListRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, ModelsUrl);
        if (apiKey is not null)
        {
            request.Headers.TryAddWithoutValidation(keyHeader, keyHeader == "Authorization" ? $"Bearer {apiKey}" : apiKey);
        }

        return request;
    }
}
