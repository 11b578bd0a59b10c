namespace Jarvis.Application.Conversations;

public enum CitationState
{
    Known,

    /// <summary>The person forgot it, or something that it tells.</summary>
    Forgotten,

    /// <summary>The chat that it stood in was deleted.</summary>
    Deleted,
}
