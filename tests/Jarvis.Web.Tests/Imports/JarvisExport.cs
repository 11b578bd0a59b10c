namespace Jarvis.Web.Tests.Imports;

/// <summary>Builds export files in the format of Jarvis.</summary>
internal static class JarvisExport
{
    public static object File(params object[] conversations) => new { format = "jarvis", conversations };

    public static object Conversation(string externalId, string? title, params object[] turns) => new { externalId, title, createdAt = "2024-01-01T00:00:00Z", turns };

    public static object Turn(string externalId, string prompt, string? response = "I see.", string at = "2024-03-01T10:00:00Z") => new { externalId, prompt, response, at };
}
