namespace Jarvis.Domain.Conversations;

/// <summary>Whether memory was asked for an answer.</summary>
public enum MemoryUsage
{
    /// <summary>It was, and gave what there was.</summary>
    Used,

    /// <summary>It was not: the person keeps it from models on others' machines.</summary>
    LocalOnly,

    /// <summary>It was not: the chat is held without memory.</summary>
    Disabled,

    /// <summary>It was not: others read the answer too, and the person did not ask for memory there.</summary>
    PublicAudience,
}
