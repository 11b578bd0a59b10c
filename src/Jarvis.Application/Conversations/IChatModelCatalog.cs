using Jarvis.Domain.Common;

namespace Jarvis.Application.Conversations;

/// <summary>The models that there are. Answers from what it saw last: it never waits for a provider.</summary>
public interface IChatModelCatalog
{
    IReadOnlyList<ChatModelDescription> List();

    /// <summary>Ends when every provider was looked at once, or did not answer in time: some seconds after the start at the latest.</summary>
    Task InitialProbe { get; }

    /// <summary>
    /// The model of that id, also while it is unavailable (asking it then says why); for null the best there is, which at
    /// least is the offline responder. Fails with <see cref="ChatErrors.UnknownModel"/>.
    /// </summary>
    Result<IChatModel> Find(string? id);
}
