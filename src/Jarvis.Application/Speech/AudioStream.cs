namespace Jarvis.Application.Speech;

/// <summary>
/// Audio that is being received. The caller disposes it, whether it read to the end or not, and so releases the synthesis.
/// </summary>
/// <param name="name">Name that only equal requests share. It doesn't reveal the text.</param>
/// <param name="contentType">Actual content type of the bytes, which may differ from the requested format.</param>
/// <param name="isCached">Indicates whether this request caused no synthesis.</param>
/// <param name="length">Length in bytes; null if unknown.</param>
/// <param name="chunks">Chunks, which can be read once.</param>
public sealed class AudioStream(string name, string contentType, bool isCached, long? length, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, Action release) : IDisposable
{
    public string Name => name;

    public string ContentType => contentType;

    public bool IsCached => isCached;

    public long? Length => length;

    /// <exception cref="SpeechStreamException">The server broke off the stream.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks => chunks;

    public void Dispose() => release();
}
