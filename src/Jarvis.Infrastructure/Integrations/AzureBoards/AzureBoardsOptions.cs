namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Azure DevOps project that receives the bug reports; off if no setting is set.</summary>
internal sealed class AzureBoardsOptions
{
    public const string Section = "AzureBoards";

    public static readonly Uri PublicBaseUrl = new("https://dev.azure.com");

    /// <summary>Organisation; for Azure DevOps Server, the collection.</summary>
    public string? Organization { get; set; }

    /// <summary>Project whose process has the work item type Bug: Agile, Scrum or CMMI.</summary>
    public string? Project { get; set; }

    /// <summary>Secret. Needs the scope “Work items: read and write”.</summary>
    public string? PersonalAccessToken { get; set; }

    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool IsConfigured => Organization is { Length: > 0 } && Project is { Length: > 0 } && PersonalAccessToken is { Length: > 0 };

    public bool IsPartial => Organization is { Length: > 0 } || Project is { Length: > 0 } || PersonalAccessToken is { Length: > 0 };

    /// <summary>Base URL of the project, with a trailing slash.</summary>
    public Uri ProjectUrl =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(Organization ?? "")}/{Uri.EscapeDataString(Project ?? "")}/");
}
