using Jarvis.Application.Conversations;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>What has come of an answer, as far as it takes to tell how it ended.</summary>
internal sealed class StreamAccumulator
{
    private ChatFinishReason? finishReason;
    private int? usedTokens;

    public bool HasText { get; private set; }

    /// <summary>What may still come is bookkeeping: without it the answer is an answer all the same.</summary>
    public bool IsComplete => finishReason is not null;

    public void Add(ChatResponseUpdate update)
    {
        HasText |= !string.IsNullOrWhiteSpace(update.Text);
        finishReason = update.FinishReason ?? finishReason;
        usedTokens = (int?)update.Contents.OfType<UsageContent>().LastOrDefault()?.Details.TotalTokenCount ?? usedTokens;
    }

    /// <summary>An answer that is whole says so; one that reached its greatest length is whole as well.</summary>
    public ModelEvent ToEvent(ModelServer server) => (HasText, finishReason) switch
    {
        (_, { } reason) when reason == ChatFinishReason.ContentFilter => new ModelEvent.Failed(ModelErrors.ContentFiltered(server)),
        (true, null) => new ModelEvent.Failed(ModelErrors.CutOff(server)),
        (false, _) => new ModelEvent.Failed(ModelErrors.InvalidResponse(server)),
        _ => new ModelEvent.Finished(usedTokens),
    };
}
