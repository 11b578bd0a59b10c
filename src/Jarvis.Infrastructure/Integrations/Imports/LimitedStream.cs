namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Stream with a maximum length, because a small archive can contain more data than fits on a disk.</summary>
internal sealed class LimitedStream(Stream stream, long maxLength) : ReadOnlyStream
{
    public long Remaining { get; private set; } = maxLength;

    /// <exception cref="StreamTooLongException">The stream is longer than its maximum.</exception>
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
