using Jarvis.Domain.Common;

namespace Jarvis.Application.Conversations;

/// <summary>Lists the configured models from the last check. Never waits for a provider.</summary>
public interface IChatModelCatalog
{
    IReadOnlyList<ChatModelDescription> List();

    /// <summary>Completes a few seconds after the start at the latest, when each provider was checked once or timed out.</summary>
    Task InitialProbe { get; }

    /// <summary>
    /// Returns the model with this id, even if it is unavailable (a call then returns the reason). For null, returns the best
    /// available model, at least the built-in responder. Fails with <see cref="ChatErrors.UnknownModel"/>.
    /// </summary>
    Result<IChatModel> Find(string? id);
}
