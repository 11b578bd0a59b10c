using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Creates the simplest JSON that a schema allows: the first of each choice, empty lists, short texts.</summary>
internal static class SchemaExample
{
    public static string Of(JsonElement schema) => Build(schema)?.ToJsonString() ?? "null";

    private static JsonNode? Build(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return new JsonObject();
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return JsonNode.Parse(choices[0].GetRawText());
        }

        return TypeOf(schema) switch
        {
            "object" => BuildObject(schema),
            "array" => new JsonArray(),
            "number" or "integer" => JsonValue.Create(schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : 0),
            "boolean" => JsonValue.Create(false),
            "null" => null,
            _ => JsonValue.Create("A stand-in's words."),
        };
    }

    private static JsonObject BuildObject(JsonElement schema)
    {
        var result = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                result[property.Name] = Build(property.Value);
            }
        }

        return result;
    }

    // A list of types marks a value as optional in a schema.
    private static string? TypeOf(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.Array ? type[0].GetString() : type.GetString()
        : null;
}
