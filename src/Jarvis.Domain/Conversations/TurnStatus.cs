namespace Jarvis.Domain.Conversations;

public enum TurnStatus
{
    /// <summary>The prompt is stored, the answer is on its way.</summary>
    Pending,
    Completed,
    Failed,
}
