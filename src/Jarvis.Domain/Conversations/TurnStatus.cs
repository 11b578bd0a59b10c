namespace Jarvis.Domain.Conversations;

public enum TurnStatus
{
    /// <summary>The prompt is stored, and the answer is being generated.</summary>
    Pending,
    Completed,
    Failed,
}
