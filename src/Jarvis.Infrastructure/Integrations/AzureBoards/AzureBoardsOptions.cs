namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>The project of Azure DevOps that bug reports go to; off while nothing of it is set.</summary>
internal sealed class AzureBoardsOptions
{
    public const string Section = "AzureBoards";

    public static readonly Uri PublicBaseUrl = new("https://dev.azure.com");

    /// <summary>Of a server of one's own: the collection.</summary>
    public string? Organization { get; set; }

    /// <summary>Its process has the work item type Bug: Agile, Scrum or CMMI.</summary>
    public string? Project { get; set; }

    /// <summary>Secret. Its scope is “Work items: read and write”.</summary>
    public string? PersonalAccessToken { get; set; }

    public Uri BaseUrl { get; set; } = PublicBaseUrl;

    public bool IsConfigured => Organization is { Length: > 0 } && Project is { Length: > 0 } && PersonalAccessToken is { Length: > 0 };

    public bool IsPartial => Organization is { Length: > 0 } || Project is { Length: > 0 } || PersonalAccessToken is { Length: > 0 };

    /// <summary>What every address of the project begins with; it ends in a slash.</summary>
    public Uri ProjectUrl =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(Organization ?? "")}/{Uri.EscapeDataString(Project ?? "")}/");
}
