using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Speech;

/// <summary>Turns text into sound. The sound is a stranger's: it is passed on as sound and as nothing else.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>
    /// Begins to speak: it answers as soon as the first bytes are there, or with the reason why there are none. Bounded in time
    /// and size; what could not be reached is asked once more before that. Equal requests give equal sound.
    /// </summary>
    Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken);
}

/// <param name="Provider">The id of one that is configured.</param>
/// <param name="Text">Plain text, without markup or control characters.</param>
public sealed record SpeechRequest(string Provider, string Model, string Voice, SpeechSpeed Speed, SpeechFormat Format, string Text);
