namespace Jarvis.Domain.Conversations;

public static class BuiltInModel
{
    /// <summary>Id of the model that answers when no language model is configured. Its answers only quote memory, so search excludes them.</summary>
    public const string Id = "jarvis-offline";
}
