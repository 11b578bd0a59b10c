namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Azure OpenAI: off while nothing of it is set.</summary>
internal sealed class AzureOpenAiOptions
{
    public const string Section = "AzureOpenAI";

    /// <summary>The resource, such as <c>https://name.openai.azure.com/</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Secret.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A list, or names parted by commas.</summary>
    public IReadOnlyList<string> Deployments { get; set; } = [];

    public bool IsConfigured => Endpoint is not null || ApiKey is not null || Deployments.Count > 0;
}
