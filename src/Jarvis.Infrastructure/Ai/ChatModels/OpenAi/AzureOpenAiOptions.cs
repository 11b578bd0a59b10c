namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Settings of Azure OpenAI. The provider is off while none of them is set.</summary>
internal sealed class AzureOpenAiOptions
{
    public const string Section = "AzureOpenAI";

    /// <summary>Address of the resource, such as <c>https://name.openai.azure.com/</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Secret.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Names of the deployments, as a list or separated by commas.</summary>
    public IReadOnlyList<string> Deployments { get; set; } = [];

    public bool IsConfigured => Endpoint is not null || ApiKey is not null || Deployments.Count > 0;
}
