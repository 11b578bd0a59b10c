namespace Jarvis.Domain.Conversations;

/// <summary>Whether memory was asked for an answer.</summary>
public enum Recall
{
    /// <summary>It was, and gave what there was.</summary>
    Asked,

    /// <summary>It was not: the person keeps it from models on others' machines.</summary>
    KeptFromCloud,

    /// <summary>It was not: the chat is held without memory.</summary>
    Off,

    /// <summary>It was not: others read the answer too, and the person did not ask for memory there.</summary>
    Overheard,
}
