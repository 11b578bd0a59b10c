namespace Jarvis.TestSupport.StandIns;

/// <summary>A work item that the stand-in for Azure Boards has made.</summary>
/// <param name="Attachments">What was attached, as it was uploaded.</param>
public sealed record AzureWorkItem(int Id, string Type, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<byte[]> Attachments)
{
    public string Title => Fields["System.Title"];

    public IReadOnlyList<string> Tags => Fields.TryGetValue("System.Tags", out var tags) ? tags.Split(';', StringSplitOptions.TrimEntries) : [];
}
