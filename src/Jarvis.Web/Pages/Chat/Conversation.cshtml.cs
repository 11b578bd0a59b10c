using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Web.Accounts;
using Jarvis.Web.Limits;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Chat;

[Authorize]
[LimitAsking]
internal sealed class ConversationModel(IMediator mediator, ChatViews views) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid ConversationId { get; set; }

    public ChatView Chat { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(Guid? before, CancellationToken cancellationToken) =>
        ShowAsync(before is { } turn ? new TurnId(turn) : null, prompt: null, refusal: null, cancellationToken);

    /// <summary>The next message, from a browser without scripts.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Prompt")] string? prompt, CancellationToken cancellationToken) =>
        await AnswerAsync(
            await mediator.Send(new AskChat(User.Id(), new ConversationId(ConversationId), prompt ?? ""), cancellationToken),
            prompt,
            cancellationToken);

    public async Task<IActionResult> OnPostRetryAsync(Guid turn, CancellationToken cancellationToken) =>
        await AnswerAsync(await mediator.Send(new RetryTurn(User.Id(), new TurnId(turn)), cancellationToken), prompt: null, cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result<RunningAnswer> asked, string? prompt, CancellationToken cancellationToken)
    {
        if (asked.Error is { } error)
        {
            return await ShowAsync(before: null, prompt, error, cancellationToken);
        }

        await asked.Value.Completion.WaitAsync(cancellationToken);

        return Redirect($"/chat/{asked.Value.ConversationId}#turn-{asked.Value.TurnId}");
    }

    private async Task<IActionResult> ShowAsync(TurnId? before, string? prompt, Error? refusal, CancellationToken cancellationToken)
    {
        var view = await views.FindAsync(User.Id(), new ConversationId(ConversationId), before, cancellationToken);
        if (view.Error is not null)
        {
            return NotFound();
        }

        Chat = view.Value with { Prompt = prompt, Refusal = refusal };

        return Page();
    }
}
