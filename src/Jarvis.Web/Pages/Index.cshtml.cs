using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Pages.Chat;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages;

/// <summary>Introduces Jarvis; shows a new chat to a signed-in user.</summary>
[AllowAnonymous]
[RateLimit(RateLimitPolicies.Chat)]
internal sealed class IndexModel(IMediator mediator, ChatViewBuilder views) : PageModel
{
    public ChatView? Chat { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity is { IsAuthenticated: true })
        {
            Chat = await views.NewAsync(User.Id(), cancellationToken);
        }
    }

    /// <summary>Handles the first message of a chat from a browser without scripts.</summary>
    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = "Prompt")] string? prompt,
        [FromForm(Name = "WithoutMemory")] bool withoutMemory,
        CancellationToken cancellationToken)
    {
        if (User.Identity is not { IsAuthenticated: true })
        {
            return Challenge();
        }

        var answer = await mediator.Send(new AskChat(User.Id(), Conversation: null, prompt ?? "", Memory: !withoutMemory), cancellationToken);
        if (answer.Error is { } error)
        {
            Chat = await views.NewAsync(User.Id(), cancellationToken) with { Prompt = prompt, Error = error, WithoutMemory = withoutMemory };
            return Page();
        }

        await answer.Value.Completion.WaitAsync(cancellationToken);

        return Redirect($"/chat/{answer.Value.ConversationId}#turn-{answer.Value.TurnId}");
    }
}
