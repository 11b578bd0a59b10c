using System.Text.Json;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>JSON value with its line number, for errors in files that users edit.</summary>
/// <param name="Line">Line in which the value starts, from 1.</param>
/// <param name="Text">Text of a string; null for other values.</param>
/// <param name="Members">Members of an object, in order; null for other values.</param>
/// <param name="Items">Items of an array; null for other values.</param>
internal sealed record JsonWithLineNumbers(int Line, string? Text, IReadOnlyList<(string Name, JsonWithLineNumbers Value)>? Members, IReadOnlyList<JsonWithLineNumbers>? Items)
{
    /// <exception cref="JsonException">The file isn't valid JSON. The exception has the line, from 0.</exception>
    public static JsonWithLineNumbers Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var value = ReadValue(ref reader, json);
        reader.Read();

        return value;
    }

    private static JsonWithLineNumbers ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var line = json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<(string, JsonWithLineNumbers)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, ReadValue(ref reader, json)));
                }

                return new JsonWithLineNumbers(line, null, members, null);
            case JsonTokenType.StartArray:
                var items = new List<JsonWithLineNumbers>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader, json));
                }

                return new JsonWithLineNumbers(line, null, null, items);
            default:
                return new JsonWithLineNumbers(line, reader.TokenType == JsonTokenType.String ? reader.GetString() : null, null, null);
        }
    }
}
