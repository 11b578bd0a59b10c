namespace Jarvis.Application.Speech;

/// <summary>Supported speech servers and their voices.</summary>
public interface ISpeechProviders
{
    /// <summary>Returns all providers of the catalogue, configured or not, in the order of preference. Never waits.</summary>
    IReadOnlyList<SpeechProvider> List();

    /// <summary>
    /// Returns the ids of the available providers. Probes those without a result from the last 30 seconds, for at most one second. Throws
    /// only if the caller cancels.
    /// </summary>
    Task<IReadOnlySet<string>> FindAvailableAsync(CancellationToken cancellationToken);

    /// <summary>Result of the last call to each configured provider; null if there was no call. Never waits.</summary>
    IReadOnlyDictionary<string, bool?> LastKnown { get; }
}
