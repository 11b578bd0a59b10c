using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Azure DevOps project that receives the bug reports; off if no setting is set.</summary>
internal sealed class AzureBoardsOptions : IValidatableObject
{
    public const string Section = "AzureBoards";

    public static readonly Uri PublicBaseUrl = new("https://dev.azure.com");

    /// <summary>Organisation; for Azure DevOps Server, the collection.</summary>
    public string? Organization { get; set; }

    /// <summary>Project whose process has the work item type Bug: Agile, Scrum or CMMI.</summary>
    public string? Project { get; set; }

    /// <summary>Secret. Needs the scope “Work items: read and write”.</summary>
    public string? PersonalAccessToken { get; set; }

    [HttpUrl(ErrorMessage = "AzureBoards:BaseUrl is “{1}”. Set it to an address such as https://dev.azure.com.")]
    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool IsConfigured => Organization is not null && Project is not null && PersonalAccessToken is not null;

    /// <summary>Base URL of the project, with a trailing slash.</summary>
    public Uri ProjectUrl =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(Organization ?? "")}/{Uri.EscapeDataString(Project ?? "")}/");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        IsConfigured || (Organization is null && Project is null && PersonalAccessToken is null)
            ? []
            : [new ValidationResult("AzureBoards needs Organization, Project and PersonalAccessToken. Set all three, or remove all three.")];
}
