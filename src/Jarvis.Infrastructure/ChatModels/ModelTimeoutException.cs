namespace Jarvis.Infrastructure.ChatModels;

/// <summary>A model said nothing for longer than it may.</summary>
internal sealed class ModelTimeoutException(TimeSpan limit) : TimeoutException($"Nothing came for {limit}.")
{
    public TimeSpan Limit { get; } = limit;
}
