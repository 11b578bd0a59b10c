using Jarvis.Application.Conversations;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Collects from a stream what is needed to decide how the answer ended.</summary>
internal sealed class StreamAccumulator
{
    private ChatFinishReason? finishReason;
    private int? usedTokens;

    public bool HasText { get; private set; }

    /// <summary>Indicates whether the text is complete. Only usage data may follow, and the answer is valid without it.</summary>
    public bool IsComplete => finishReason is not null;

    public void Add(ChatResponseUpdate update)
    {
        HasText |= !string.IsNullOrWhiteSpace(update.Text);
        finishReason = update.FinishReason ?? finishReason;
        usedTokens = (int?)update.Contents.OfType<UsageContent>().LastOrDefault()?.Details.TotalTokenCount ?? usedTokens;
    }

    /// <summary>
    /// Returns the final event. A complete answer has a finish reason; one that reached the token limit counts as complete.
    /// </summary>
    public ModelEvent ToEvent(ModelServer server) => (HasText, finishReason) switch
    {
        (_, { } reason) when reason == ChatFinishReason.ContentFilter => new ModelEvent.Failed(ModelErrors.ContentFiltered(server)),
        (true, null) => new ModelEvent.Failed(ModelErrors.CutOff(server)),
        (false, _) => new ModelEvent.Failed(ModelErrors.InvalidResponse(server)),
        _ => new ModelEvent.Finished(usedTokens),
    };
}
