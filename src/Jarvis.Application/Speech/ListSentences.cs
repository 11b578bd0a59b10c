using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Speech.Text;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Speech;

/// <summary>Returns a stored answer as sentences for speech: the same sentences as during its generation.</summary>
/// <param name="Language">The user's language; applies if the language of the text isn't detectable.</param>
public sealed record ListSentences(UserId User, TurnId Turn, string Language) : IRequest<Result<IReadOnlyList<SpokenSentence>>>;

internal sealed class ListSentencesHandler(IJarvisDb db) : IRequestHandler<ListSentences, Result<IReadOnlyList<SpokenSentence>>>
{
    public async Task<Result<IReadOnlyList<SpokenSentence>>> Handle(ListSentences request, CancellationToken cancellationToken)
    {
        var turn = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == request.Turn)
            .Select(turn => new { turn.Status, turn.Response })
            .SingleOrDefaultAsync(cancellationToken);
        if (turn is null)
        {
            return ChatErrors.TurnNotFound;
        }

        return turn is { Status: TurnStatus.Completed, Response: { } response }
            ? Result<IReadOnlyList<SpokenSentence>>.Success(SpeechTextStream.Split(response, request.Language))
            : SpeechErrors.TurnNotAnswered;
    }
}
