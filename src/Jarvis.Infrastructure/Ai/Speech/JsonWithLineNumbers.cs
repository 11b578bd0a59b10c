using System.Text.Json;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>A value of a JSON file that knows the line it begins in, for who writes such files by hand.</summary>
/// <param name="Line">Counts from 1.</param>
/// <param name="Text">Of a string; null for all else.</param>
/// <param name="Members">Of an object, in order; null for all else.</param>
/// <param name="Items">Of an array; null for all else.</param>
internal sealed record JsonWithLineNumbers(int Line, string? Text, IReadOnlyList<(string Name, JsonWithLineNumbers Value)>? Members, IReadOnlyList<JsonWithLineNumbers>? Items)
{
    /// <exception cref="JsonException">It is no JSON; the exception has the line, which counts from 0.</exception>
    public static JsonWithLineNumbers Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var value = ValueAt(ref reader, json);
        reader.Read();

        return value;
    }

    private static JsonWithLineNumbers ValueAt(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
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
                    members.Add((name, ValueAt(ref reader, json)));
                }

                return new JsonWithLineNumbers(line, null, members, null);
            case JsonTokenType.StartArray:
                var items = new List<JsonWithLineNumbers>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ValueAt(ref reader, json));
                }

                return new JsonWithLineNumbers(line, null, null, items);
            default:
                return new JsonWithLineNumbers(line, reader.TokenType == JsonTokenType.String ? reader.GetString() : null, null, null);
        }
    }
}
