using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>
/// The items of the one array of conversations in a JSON text: the text itself, or the property <c>conversations</c> of the object
/// that it is. It holds one item at a time, and not by the serializer, which would hold the whole of an object.
/// </summary>
/// <param name="maxBytes">Of one item.</param>
internal sealed class JsonArrayReader(Stream text, int maxBytes)
{
    private const int MinRead = 16 * 1024;

    private byte[] buffer = new byte[8 * MinRead];
    private JsonReaderState state;

    // In the buffer: where the item began that is being read, what has been read of the JSON, and where the bytes end.
    private int item = None;
    private int read;
    private int end;

    private bool isAtEnd;
    private bool isAtProperty;
    private int depth = None;

    private const int None = -1;

    /// <summary>Whether there was an array of conversations at all.</summary>
    public bool Found { get; private set; }

    /// <summary>The next item, until the next is asked for; null at the end of the text.</summary>
    /// <exception cref="JsonException">It is no JSON from here on.</exception>
    /// <exception cref="ItemTooLargeException">The item takes more bytes than it may.</exception>
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
                // Its end.
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
        var kept = item == None ? read : item;
        if (end - kept > maxBytes)
        {
            throw new ItemTooLargeException();
        }

        // What is half read is read again from its start, so at least as much again must come: or a long text would be read over and over.
        var wanted = Math.Max(MinRead, end - read);
        if (buffer.Length - (end - kept) < wanted)
        {
            var larger = new byte[Math.Max(2 * buffer.Length, end - kept + wanted)];
            buffer.AsSpan(kept, end - kept).CopyTo(larger);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(kept, end - kept).CopyTo(buffer);
        }

        (item, read, end) = (item == None ? None : 0, read - kept, end - kept);
        var got = await text.ReadAtLeastAsync(buffer.AsMemory(end), wanted, throwOnEndOfStream: false, cancellationToken);
        end += got;
        isAtEnd = got < wanted;
    }
}

internal sealed class ItemTooLargeException : Exception;
