using Jarvis.Domain.Common;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Cancels answers that the <see cref="AnswerGenerator"/> of another process is generating. Fire and forget: a process that cannot
/// be reached completes its answer. Repeated calls are harmless.
/// </summary>
public interface IAnswerCancellationBus
{
    void PublishStop(TurnId turn);

    void PublishStopAll(ConversationId conversation);
}
