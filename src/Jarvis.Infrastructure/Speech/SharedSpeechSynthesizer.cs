using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Speech;

/// <summary>
/// Speaks what was spoken before from the cache, and what is being spoken just now to everybody who asks for it meanwhile:
/// a hundred equal requests are one.
/// </summary>
internal sealed class SharedSpeechSynthesizer(ISpeechSynthesizer inner, SpeechCache cache, IOptions<SpeechCacheOptions> options) : ISpeechSynthesizer
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SpeechFlight> flights = [];

    public Task<Result<SpokenAudio>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var key = SpeechKey.Of(request);
        SpeechFlight? begins = null;
        Task<Result<SpokenAudio>> listening;
        lock (gate)
        {
            var flight = flights.GetValueOrDefault(key);
            if (flight?.TryBoard() is not { } place)
            {
                flight = begins = new SpeechFlight(key);
                place = flight.TryBoard()!;
                flights[key] = flight;
            }

            listening = flight.ListenAsync(place, isLate: begins is null, cancellationToken);
        }

        if (begins is not null)
        {
            // Not the caller's own work: it goes on for the others when the caller goes away.
            _ = Task.Run(() => FlyAsync(key, request, begins), CancellationToken.None);
        }

        return listening;
    }

    private async Task FlyAsync(string key, SpeechRequest request, SpeechFlight flight)
    {
        try
        {
            if (await cache.FindAsync(key) is { } kept && AudioType.Of(kept) is { } type)
            {
                flight.Begin(type, isCached: true, kept.Length);
                flight.Add(kept);
                flight.End();
            }
            else if (await PassOnAsync(key, request, flight) is { } whole)
            {
                // The key is taken until it is there: who asks now still boards this flight.
                await cache.KeepAsync(key, whole);
            }
        }
#pragma warning disable CA1031 // Whatever it was, it is told to those who listen; nobody else waits for this task.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            flight.Break(cause);
        }
        finally
        {
            Forget(key, flight);
        }
    }

    /// <summary>Gives the whole sound where it is short enough to be kept.</summary>
    private async Task<ReadOnlyMemory<byte>?> PassOnAsync(string key, SpeechRequest request, SpeechFlight flight)
    {
        var spoken = await inner.SynthesizeAsync(request, flight.Abandoned);
        if (spoken.Error is { } error)
        {
            flight.Refuse(error);

            return null;
        }

        using var audio = spoken.Value;
        using var whole = new MemoryStream();
        var isKept = true;
        flight.Begin(audio.ContentType, isCached: false, audio.Length);
        await foreach (var piece in audio.Pieces.WithCancellation(flight.Abandoned))
        {
            flight.Add(piece);
            if (isKept && whole.Length + piece.Length > options.Value.MaxEntryBytes)
            {
                isKept = false;
                whole.SetLength(0);
                Forget(key, flight);
                flight.ForgetBeginning();
            }
            else if (isKept)
            {
                whole.Write(piece.Span);
            }
        }

        flight.End();

        return isKept ? whole.ToArray() : null;
    }

    private void Forget(string key, SpeechFlight flight)
    {
        lock (gate)
        {
            if (flights.GetValueOrDefault(key) == flight)
            {
                flights.Remove(key);
            }
        }
    }
}
