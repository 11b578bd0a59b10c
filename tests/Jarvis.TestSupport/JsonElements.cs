using System.Text.Json;

namespace Jarvis.TestSupport;

public static class JsonElements
{
    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static Guid Id(this JsonElement element, string property = "id") => element.GetProperty(property).GetGuid();

    public static JsonElement[] Items(this JsonElement element, string property = "items") => [.. element.GetProperty(property).EnumerateArray()];
}
