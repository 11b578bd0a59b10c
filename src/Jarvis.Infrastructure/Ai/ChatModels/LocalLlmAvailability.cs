namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Result of the last probe: whether the configured local model was available.</summary>
internal sealed class LocalLlmAvailability
{
    private volatile bool isAvailable;

    public bool Available
    {
        get => isAvailable;
        set => isAvailable = value;
    }
}
