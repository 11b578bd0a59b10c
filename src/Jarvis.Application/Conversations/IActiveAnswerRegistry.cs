using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>Which answers are being written, by whichever process.</summary>
public interface IActiveAnswerRegistry
{
    /// <summary>
    /// Those of the turns that a process has said it writes, some seconds ago at the most. Null while Redis does not answer: then
    /// nobody can tell.
    /// </summary>
    Task<IReadOnlySet<TurnId>?> FindAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken);
}
