using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Speech;

/// <summary>Synthesizes speech. The audio is untrusted: callers pass it on as audio only.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>
    /// Starts the synthesis and returns when the first bytes arrive, or an error. Time and size are limited. A transient failure is retried
    /// once. Equal requests return equal audio.
    /// </summary>
    Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken);
}

/// <param name="Provider">Id of a configured provider.</param>
/// <param name="Text">Plain text, without markup or control characters.</param>
public sealed record SpeechRequest(string Provider, string Model, string Voice, SpeechSpeed Speed, SpeechFormat Format, string Text);
