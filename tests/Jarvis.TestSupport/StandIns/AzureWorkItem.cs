namespace Jarvis.TestSupport.StandIns;

/// <summary>Work item that the Azure Boards stand-in created.</summary>
/// <param name="Attachments">Attachments as uploaded.</param>
public sealed record AzureWorkItem(int Id, string Type, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<byte[]> Attachments)
{
    public string Title => Fields["System.Title"];

    public IReadOnlyList<string> Tags => Fields.TryGetValue("System.Tags", out var tags) ? tags.Split(';', StringSplitOptions.TrimEntries) : [];
}
