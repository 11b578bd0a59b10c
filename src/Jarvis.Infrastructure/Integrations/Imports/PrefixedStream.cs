namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Concatenates the bytes that were read to detect the format, and the rest of the stream.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> prefix = prefix;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (prefix.IsEmpty)
        {
            return await rest.ReadAsync(buffer, cancellationToken);
        }

        var length = Math.Min(buffer.Length, prefix.Length);
        prefix[..length].CopyTo(buffer);
        prefix = prefix[length..];

        return length;
    }
}
