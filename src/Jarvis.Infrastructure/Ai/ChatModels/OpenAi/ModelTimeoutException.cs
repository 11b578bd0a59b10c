namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>A model said nothing for longer than it may.</summary>
internal sealed class ModelTimeoutException(TimeSpan limit) : TimeoutException($"The model didn't send anything for {limit}.")
{
    public TimeSpan Limit { get; } = limit;
}
