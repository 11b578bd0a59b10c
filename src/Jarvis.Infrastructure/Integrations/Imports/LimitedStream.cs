namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>A stream of which only so much may be read: a small archive can unpack to more than any disk holds.</summary>
internal sealed class LimitedStream(Stream stream, long most) : ReadOnlyStream
{
    public long Remaining { get; private set; } = most;

    /// <exception cref="StreamTooLongException">There is more in it.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = await stream.ReadAsync(buffer, cancellationToken);
        Remaining -= length;

        return Remaining >= 0 ? length : throw new StreamTooLongException();
    }

    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}

internal sealed class StreamTooLongException : Exception;
