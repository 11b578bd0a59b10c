using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Where a provider's models are, and what a person sets to change that.</summary>
/// <param name="provider">As in <see cref="Jarvis.Application.Conversations.ChatModelDescription.Provider"/>.</param>
/// <param name="product">What runs there, where that is known.</param>
/// <param name="modelsUrl">Lists the models, and so tells whether the server is there and takes the key.</param>
internal sealed class ModelServer(string provider, string? product, Uri modelsUrl, string keyHeader, string? apiKey, bool local)
{
    public string Provider { get; } = provider;

    public bool Local { get; } = local;

    /// <summary>The one that is meant to be local, where it also lies here. Whatever else is configured may pass on what it is told.</summary>
    public bool IsPrivate { get; } = local && PrivateNetwork.Contains(modelsUrl);

    public Uri ModelsUrl { get; } = modelsUrl;

    /// <summary>How errors name it: no words that would need translating.</summary>
    public string Name { get; } = product is null ? modelsUrl.Authority : $"{product} ({modelsUrl.Authority})";

    public required string UrlSetting { get; init; }

    public required string KeySetting { get; init; }

    /// <summary>What makes a model known there: a setting or a command.</summary>
    public required Func<string, string> AddModel { get; init; }

    public HttpRequestMessage ListModels()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, ModelsUrl);
        if (apiKey is not null)
        {
            request.Headers.TryAddWithoutValidation(keyHeader, keyHeader == "Authorization" ? $"Bearer {apiKey}" : apiKey);
        }

        return request;
    }
}
