using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>
/// Reads the items of the array of conversations in a JSON text: the root array, or the property <c>conversations</c> of the root
/// object. One item is in memory at a time. JsonSerializer would buffer the whole root object.
/// </summary>
/// <param name="maxBytes">Maximum size of one item.</param>
internal sealed class JsonArrayReader(Stream text, int maxBytes)
{
    private const int MinRead = 16 * 1024;

    private byte[] buffer = new byte[8 * MinRead];
    private JsonReaderState state;

    // Positions in the buffer: the start of the current item, the end of the parsed JSON, and the end of the data.
    private int item = None;
    private int read;
    private int end;

    private bool isAtEnd;
    private bool isAtProperty;
    private int depth = None;

    private const int None = -1;

    /// <summary>True after the start of the array was read.</summary>
    public bool Found { get; private set; }

    /// <summary>Returns the next item, which is valid until the next call; null at the end of the text.</summary>
    /// <exception cref="JsonException">The text isn't valid JSON.</exception>
    /// <exception cref="ItemTooLargeException">The item exceeds the maximum size.</exception>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryScan(out var found))
            {
                return buffer.AsMemory(found);
            }

            if (isAtEnd)
            {
                return null;
            }

            await FillAsync(cancellationToken);
        }
    }

    private bool TryScan(out Range found)
    {
        found = default;
        var reader = new Utf8JsonReader(buffer.AsSpan(read, end - read), isAtEnd, state);
        while (reader.Read())
        {
            if (depth == None)
            {
                FindArray(ref reader);
            }
            else if (item == None && reader.CurrentDepth == depth)
            {
                // The end of the array.
                depth = None;
            }
            else
            {
                item = item == None ? read + (int)reader.TokenStartIndex : item;
                if (reader.CurrentDepth == depth + 1 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    Advance(reader);
                    found = item..read;
                    item = None;

                    return found.End.Value - found.Start.Value <= maxBytes ? true : throw new ItemTooLargeException();
                }
            }
        }

        Advance(reader);

        return false;
    }

    private void Advance(Utf8JsonReader reader)
    {
        read += (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    private void FindArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray && !Found && (reader.CurrentDepth == 0 || (isAtProperty && reader.CurrentDepth == 1)))
        {
            Found = true;
            depth = reader.CurrentDepth;
        }

        isAtProperty = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("conversations");
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var start = item == None ? read : item;
        if (end - start > maxBytes)
        {
            throw new ItemTooLargeException();
        }

        // The parser restarts at an incomplete token. Doubling the data each time keeps the total work for a long token linear.
        var requested = Math.Max(MinRead, end - read);
        if (buffer.Length - (end - start) < requested)
        {
            var larger = new byte[Math.Max(2 * buffer.Length, end - start + requested)];
            buffer.AsSpan(start, end - start).CopyTo(larger);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
        }

        (item, read, end) = (item == None ? None : 0, read - start, end - start);
        var length = await text.ReadAtLeastAsync(buffer.AsMemory(end), requested, throwOnEndOfStream: false, cancellationToken);
        end += length;
        isAtEnd = length < requested;
    }
}

internal sealed class ItemTooLargeException : Exception;
