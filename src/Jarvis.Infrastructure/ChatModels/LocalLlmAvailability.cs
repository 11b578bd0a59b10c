namespace Jarvis.Infrastructure.ChatModels;

/// <summary>Whether the configured local model was there when last looked at.</summary>
internal sealed class LocalLlmAvailability
{
    private volatile bool available;

    public bool Available
    {
        get => available;
        set => available = value;
    }
}
