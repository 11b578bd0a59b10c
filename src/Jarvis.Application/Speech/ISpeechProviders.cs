namespace Jarvis.Application.Speech;

/// <summary>The speech servers that Jarvis knows how to use, with their voices.</summary>
public interface ISpeechProviders
{
    /// <summary>All of the catalogue, configured or not, in the order of preference. Never waits.</summary>
    IReadOnlyList<SpeechProvider> List();

    /// <summary>
    /// The ids of those that answer. What is not known from the last half minute is looked at, for a second at most; it throws
    /// for cancellation only.
    /// </summary>
    Task<IReadOnlySet<string>> FindAvailableAsync(CancellationToken cancellationToken);

    /// <summary>Whether each of those that are configured answered when somebody last asked it; null where nobody has. Never waits.</summary>
    IReadOnlyDictionary<string, bool?> LastKnown { get; }
}
