using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Settings of Azure OpenAI. The provider is off while none of them is set.</summary>
internal sealed class AzureOpenAiOptions : IValidatableObject
{
    public const string Section = "AzureOpenAI";

    /// <summary>Address of the resource, such as <c>https://name.openai.azure.com/</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Secret.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Names of the deployments, as a list or separated by commas.</summary>
    public IReadOnlyList<string> Deployments { get; set; } = [];

    public bool IsConfigured => Endpoint is not null || ApiKey is not null || Deployments.Count > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            yield break;
        }

        if (!HttpUrlAttribute.IsHttpUrl(Endpoint))
        {
            yield return new($"AzureOpenAI:Endpoint is “{Endpoint}”. Set it to the resource's address, such as https://name.openai.azure.com/.");
        }

        if (ApiKey is null)
        {
            yield return new("AzureOpenAI:ApiKey is missing. Set it, or remove the other AzureOpenAI settings.");
        }

        if (Deployments.Count == 0)
        {
            yield return new("AzureOpenAI:Deployments is missing. Set it to at least one deployment; separate several with commas.");
        }
    }
}
