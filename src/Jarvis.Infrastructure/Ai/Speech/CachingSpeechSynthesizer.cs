using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Speaks what was spoken before from the cache, and what is being spoken just now to everybody who asks for it meanwhile:
/// a hundred equal requests are one.
/// </summary>
internal sealed class CachingSpeechSynthesizer(ISpeechSynthesizer inner, SpeechCache cache, IOptions<SpeechCacheOptions> options) : ISpeechSynthesizer
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedSynthesis> flights = [];

    public Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var key = SpeechKey.Compute(request);
        SharedSynthesis? begins = null;
        Task<Result<AudioStream>> listening;
        lock (gate)
        {
            var synthesis = flights.GetValueOrDefault(key);
            if (synthesis?.TrySubscribe() is not { } place)
            {
                synthesis = begins = new SharedSynthesis(key);
                place = synthesis.TrySubscribe()!;
                flights[key] = synthesis;
            }

            listening = synthesis.WaitForHeadAsync(place, isLate: begins is null, cancellationToken);
        }

        if (begins is not null)
        {
            // Not the caller's own work: it goes on for the others when the caller goes away.
            _ = Task.Run(() => RunAsync(key, request, begins), CancellationToken.None);
        }

        return listening;
    }

    private async Task RunAsync(string key, SpeechRequest request, SharedSynthesis synthesis)
    {
        try
        {
            if (await cache.FindAsync(key) is { } kept && AudioType.Detect(kept) is { } type)
            {
                synthesis.SetHead(type, isCached: true, kept.Length);
                synthesis.Add(kept);
                synthesis.Complete();
            }
            else if (await ForwardAsync(key, request, synthesis) is { } whole)
            {
                // The key is taken until it is there: who asks now still boards this flight.
                await cache.TeeAsync(key, whole);
            }
        }
#pragma warning disable CA1031 // Whatever it was, it is told to those who listen; nobody else waits for this task.
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

    /// <summary>Gives the whole sound where it is short enough to be kept.</summary>
    private async Task<ReadOnlyMemory<byte>?> ForwardAsync(string key, SpeechRequest request, SharedSynthesis synthesis)
    {
        var spoken = await inner.SynthesizeAsync(request, synthesis.Cancelled);
        if (spoken.Error is { } error)
        {
            synthesis.Fail(error);

            return null;
        }

        using var audio = spoken.Value;
        using var whole = new MemoryStream();
        var isKept = true;
        synthesis.SetHead(audio.ContentType, isCached: false, audio.Length);
        await foreach (var piece in audio.Chunks.WithCancellation(synthesis.Cancelled))
        {
            synthesis.Add(piece);
            if (isKept && whole.Length + piece.Length > options.Value.MaxEntryBytes)
            {
                isKept = false;
                whole.SetLength(0);
                Remove(key, synthesis);
                synthesis.ReleaseFirstChunk();
            }
            else if (isKept)
            {
                whole.Write(piece.Span);
            }
        }

        synthesis.Complete();

        return isKept ? whole.ToArray() : null;
    }

    private void Remove(string key, SharedSynthesis synthesis)
    {
        lock (gate)
        {
            if (flights.GetValueOrDefault(key) == synthesis)
            {
                flights.Remove(key);
            }
        }
    }
}
