namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Whether the configured local model was there when last looked at.</summary>
internal sealed class LocalLlmAvailability
{
    private volatile bool isAvailable;

    public bool Available
    {
        get => isAvailable;
        set => isAvailable = value;
    }
}
