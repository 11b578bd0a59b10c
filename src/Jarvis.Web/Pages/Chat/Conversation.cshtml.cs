using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Web.Accounts;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Chat;

[Authorize]
[RateLimit(RateLimitPolicies.Chat)]
internal sealed class ConversationModel(IMediator mediator, ChatViewBuilder views) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid ConversationId { get; set; }

    public ChatView Chat { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(Guid? before, Guid? turn, CancellationToken cancellationToken) =>
        ShowAsync(Turn(before), Turn(turn), prompt: null, error: null, cancellationToken);

    /// <summary>Handles the next message from a browser without scripts.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Prompt")] string? prompt, CancellationToken cancellationToken) =>
        await AnswerAsync(
            await mediator.Send(new AskChat(User.Id(), new ConversationId(ConversationId), prompt ?? ""), cancellationToken),
            prompt,
            cancellationToken);

    public async Task<IActionResult> OnPostRetryAsync(Guid turn, CancellationToken cancellationToken) =>
        await AnswerAsync(await mediator.Send(new RetryTurn(User.Id(), new TurnId(turn)), cancellationToken), prompt: null, cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result<AnswerStream> answer, string? prompt, CancellationToken cancellationToken)
    {
        if (answer.Error is { } error)
        {
            return await ShowAsync(before: null, around: null, prompt, error, cancellationToken);
        }

        await answer.Value.Completion.WaitAsync(cancellationToken);

        return Redirect($"/chat/{answer.Value.ConversationId}#turn-{answer.Value.TurnId}");
    }

    private static TurnId? Turn(Guid? id) => id is { } turn ? new TurnId(turn) : null;

    private async Task<IActionResult> ShowAsync(TurnId? before, TurnId? around, string? prompt, Error? error, CancellationToken cancellationToken)
    {
        var view = await views.FindAsync(User.Id(), new ConversationId(ConversationId), before, around, cancellationToken);
        if (view.Error is not null)
        {
            return NotFound();
        }

        Chat = view.Value with { Prompt = prompt, Error = error };

        return Page();
    }
}
