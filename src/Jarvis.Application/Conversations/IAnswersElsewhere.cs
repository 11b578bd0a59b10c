using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Answers that other processes may be writing at their <see cref="AnswerDesk"/>. Nothing waits for them and nothing fails:
/// a process that cannot be reached writes its answer to the end. Telling the same twice does no harm.
/// </summary>
public interface IAnswersElsewhere
{
    void Stop(TurnId turn);

    void StopAll(ConversationId conversation);
}
