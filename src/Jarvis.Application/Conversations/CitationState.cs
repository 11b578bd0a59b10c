namespace Jarvis.Application.Conversations;

public enum CitationState
{
    Known,

    /// <summary>The person forgot the memory, or a part of its content.</summary>
    Forgotten,

    /// <summary>The source conversation was deleted.</summary>
    Deleted,
}
