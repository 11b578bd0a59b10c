using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;

namespace Jarvis.Application.Discord;

/// <summary>Stores a question, so that Discord can get a deferred response.</summary>
/// <param name="Token">Interaction token, encrypted by <see cref="IInteractionTokenProtector"/>.</param>
/// <param name="StartsIn">Time after which any process may lease the question if the accepting process has not.</param>
public sealed record AcceptDiscordQuestion(
    UserId User,
    string DiscordUserId,
    DiscordScope Scope,
    string InteractionId,
    string ApplicationId,
    byte[] Token,
    string Prompt,
    bool WithMemory,
    string Language,
    string Address,
    TimeSpan StartsIn) : IRequest<Result<DiscordQuestionKey>>
{
    public override string ToString() => nameof(AcceptDiscordQuestion);
}

internal sealed class AcceptDiscordQuestionValidator : AbstractValidator<AcceptDiscordQuestion>
{
    public AcceptDiscordQuestionValidator() =>
        RuleFor(accept => accept.Prompt)
            .Cascade(CascadeMode.Stop)
            .Must(prompt => !string.IsNullOrWhiteSpace(prompt)).WithAppError(ChatErrors.EmptyPrompt)
            .MaximumLength(Turn.PromptMaxLength).WithAppError(ChatErrors.PromptTooLong)
            .Must(TextExtensions.IsStorable).WithAppError(ChatErrors.UnstorablePrompt);
}

internal sealed class AcceptDiscordQuestionHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<AcceptDiscordQuestion, Result<DiscordQuestionKey>>
{
    public async Task<Result<DiscordQuestionKey>> Handle(AcceptDiscordQuestion request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var question = DiscordQuestion.Ask(
            request.User,
            request.DiscordUserId,
            request.Scope,
            (request.InteractionId, request.ApplicationId, request.Token),
            (request.Prompt, request.WithMemory),
            (request.Language, request.Address),
            now,
            now + request.StartsIn);
        db.DiscordQuestions.Add(question);
        await db.SaveChangesAsync(cancellationToken);

        return new DiscordQuestionKey(question.UserId, question.Id);
    }
}
