namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Thrown if a model sends nothing within its timeout.</summary>
internal sealed class ModelTimeoutException(TimeSpan limit) : TimeoutException($"The model didn't send anything for {limit}.")
{
    public TimeSpan Limit { get; } = limit;
}
