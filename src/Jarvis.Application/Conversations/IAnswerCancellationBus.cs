using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Answers that other processes may be writing at their <see cref="AnswerGenerator"/>. Nothing waits for them and nothing fails:
/// a process that cannot be reached writes its answer to the end. Telling the same twice does no harm.
/// </summary>
public interface IAnswerCancellationBus
{
    void PublishStop(TurnId turn);

    void PublishStopAll(ConversationId conversation);
}
