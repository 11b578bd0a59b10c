namespace Jarvis.Application.Speech;

/// <summary>Sound on its way. To be disposed by whoever got it, read to its end or not: who goes away no longer holds it up.</summary>
/// <param name="name">The same for equal requests, another for any other; it tells nothing of the text.</param>
/// <param name="contentType">What the bytes really are, which need not be what was asked for.</param>
/// <param name="isCached">Whether nothing had to be synthesized for this request.</param>
/// <param name="length">In bytes; null while it is not known.</param>
/// <param name="pieces">Read once.</param>
public sealed class AudioStream(string name, string contentType, bool isCached, long? length, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, Action leave) : IDisposable
{
    public string Name => name;

    public string ContentType => contentType;

    public bool IsCached => isCached;

    public long? Length => length;

    /// <exception cref="SpeechStreamException">The rest will not come.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks => pieces;

    public void Dispose() => leave();
}
