using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Settings of OpenAI or another server with the same API.</summary>
internal sealed class OpenAiOptions
{
    public const string Section = "OpenAI";

    /// <summary>Environment variable from which OpenAI's own tools read the key.</summary>
    public const string CommonApiKey = "OPENAI_API_KEY";

    public const string DefaultModel = "gpt-4o-mini";

    public static readonly Uri PublicBaseUrl = new("https://api.openai.com/v1");

    /// <summary>Secret.</summary>
    public string? ApiKey { get; set; }

    [HttpUrl(ErrorMessage = "OpenAI:BaseUrl is “{1}”. Set it to an address such as https://api.openai.com/v1.")]
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    /// <summary>
    /// Names of the models, as a list or separated by commas. If empty, OpenAI offers <see cref="DefaultModel"/>, and another server
    /// offers the models that it lists.
    /// </summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    public bool IsPublic => BaseUrl == PublicBaseUrl;

    /// <summary>Indicates whether the provider is on. OpenAI always requires a key; most self-hosted servers don't.</summary>
    public bool IsConfigured => ApiKey is not null || !IsPublic;
}
