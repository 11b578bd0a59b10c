namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>OpenAI, or any server that speaks its API.</summary>
internal sealed class OpenAiOptions
{
    public const string Section = "OpenAI";

    /// <summary>Where OpenAI's own tools look for the key.</summary>
    public const string CommonApiKey = "OPENAI_API_KEY";

    public const string DefaultModel = "gpt-4o-mini";

    public static readonly Uri PublicBaseUrl = new("https://api.openai.com/v1");

    /// <summary>Secret.</summary>
    public string? ApiKey { get; set; }

    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    /// <summary>A list, or names parted by commas. Without it: <see cref="DefaultModel"/>, or at another address what the server lists.</summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    public bool IsPublic => BaseUrl == PublicBaseUrl;

    /// <summary>Servers of one's own mostly need no key; the public one always does.</summary>
    public bool IsConfigured => ApiKey is not null || !IsPublic;
}
