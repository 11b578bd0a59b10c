using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Returns audio from the cache if it was synthesized before. Concurrent equal requests share one synthesis, so that a hundred of
/// them cause one call.
/// </summary>
internal sealed class CachingSpeechSynthesizer(ISpeechSynthesizer inner, SpeechCache cache, IOptions<SpeechCacheOptions> options) : ISpeechSynthesizer
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, SharedSynthesis> active = [];

    public Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var key = SpeechKey.Compute(request);
        SharedSynthesis? started = null;
        Task<Result<AudioStream>> result;
        lock (sync)
        {
            var synthesis = active.GetValueOrDefault(key);
            if (synthesis?.TrySubscribe() is not { } subscription)
            {
                synthesis = started = new SharedSynthesis(key);
                subscription = synthesis.TrySubscribe()!;
                active[key] = synthesis;
            }

            result = synthesis.WaitForHeadAsync(subscription, isLate: started is null, cancellationToken);
        }

        if (started is not null)
        {
            // The synthesis isn't bound to this caller: it continues for other listeners if the caller cancels.
            _ = Task.Run(() => RunAsync(key, request, started), CancellationToken.None);
        }

        return result;
    }

    private async Task RunAsync(string key, SpeechRequest request, SharedSynthesis synthesis)
    {
        try
        {
            if (await cache.FindAsync(key) is { } cached && AudioType.Detect(cached) is { } type)
            {
                synthesis.SetHead(type, isCached: true, cached.Length);
                synthesis.Add(cached);
                synthesis.Complete();
            }
            else if (await ForwardAsync(key, request, synthesis) is { } whole)
            {
                // The key stays active until the audio is stored, so that new requests still join this synthesis.
                await cache.StoreAsync(key, whole);
            }
        }
#pragma warning disable CA1031 // Every listener receives the exception; no other code awaits this task.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            synthesis.Abort(cause);
        }
        finally
        {
            Remove(key, synthesis);
        }
    }

    /// <summary>Forwards the chunks to the listeners. Returns the audio if it fits in a cache entry, else null.</summary>
    private async Task<ReadOnlyMemory<byte>?> ForwardAsync(string key, SpeechRequest request, SharedSynthesis synthesis)
    {
        var result = await inner.SynthesizeAsync(request, synthesis.Cancelled);
        if (result.Error is { } error)
        {
            synthesis.Fail(error);

            return null;
        }

        using var audio = result.Value;
        using var whole = new MemoryStream();
        var isCacheable = true;
        synthesis.SetHead(audio.ContentType, isCached: false, audio.Length);
        await foreach (var chunk in audio.Chunks.WithCancellation(synthesis.Cancelled))
        {
            synthesis.Add(chunk);
            if (isCacheable && whole.Length + chunk.Length > options.Value.MaxEntryBytes)
            {
                isCacheable = false;
                whole.SetLength(0);
                Remove(key, synthesis);
                synthesis.ReleaseFirstChunk();
            }
            else if (isCacheable)
            {
                whole.Write(chunk.Span);
            }
        }

        synthesis.Complete();

        return isCacheable ? whole.ToArray() : null;
    }

    private void Remove(string key, SharedSynthesis synthesis)
    {
        lock (sync)
        {
            if (active.GetValueOrDefault(key) == synthesis)
            {
                active.Remove(key);
            }
        }
    }
}
