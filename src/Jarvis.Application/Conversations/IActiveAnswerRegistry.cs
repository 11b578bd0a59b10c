using Jarvis.Domain.Common;

namespace Jarvis.Application.Conversations;

/// <summary>Tracks the answers that all processes are generating.</summary>
public interface IActiveAnswerRegistry
{
    /// <summary>
    /// Returns the turns whose process sent a heartbeat within the last seconds. Returns null if Redis is unavailable, because the
    /// state is then unknown.
    /// </summary>
    Task<IReadOnlySet<TurnId>?> FindAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken);
}
