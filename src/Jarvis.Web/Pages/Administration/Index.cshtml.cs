using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Pages.Shared;
using Jarvis.Web.Resources;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Pages.Administration;

/// <summary>Status of Jarvis, for administrators only.</summary>
[Authorize(Roles = CurrentUser.Administrator)]
internal sealed class IndexModel(IMediator mediator, IErrorText errors, IStringLocalizer<SharedText> texts) : PageModel
{
    private static readonly string[] Actions = ["Retry", "RetryAll", "Drop"];

    public Overview Overview { get; private set; } = null!;

    /// <summary>Last part of the resource key that confirms the action.</summary>
    public string? Done { get; private set; }

    public async Task OnGetAsync(string? done, CancellationToken cancellationToken)
    {
        Done = Actions.FirstOrDefault(action => action == done);
        await ShowAsync(cancellationToken);
    }

    public Task<IActionResult> OnPostRetryAsync(string? letter, CancellationToken cancellationToken) =>
        DoAsync("Retry", () => mediator.Send(new RetryDeadLetter(letter ?? ""), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostDropAsync(string? letter, CancellationToken cancellationToken) =>
        DoAsync("Drop", () => mediator.Send(new DiscardDeadLetter(letter ?? ""), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostRetryAllAsync(CancellationToken cancellationToken) => DoAsync(
        "RetryAll",
        async () =>
        {
            await mediator.Send(new RetryDeadLetters(), cancellationToken);

            return Result.Ok;
        },
        cancellationToken);

    public static string? GetBadgeClass(ServiceStatus state) => state switch
    {
        ServiceStatus.Working => "accent",
        ServiceStatus.Failing => "error",
        _ => null,
    };

    public string GetReason(DeadLetter letter) => errors.For(letter.Reason.Code, letter.Reason.Message, letter.Reason.Arguments);

    /// <summary>Formats a duration in its largest unit.</summary>
    public string FormatDuration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => texts.Plural("Admin.Days", (int)time.TotalDays),
        { TotalHours: >= 1 } => texts["Admin.Hours", (int)time.TotalHours],
        { TotalMinutes: >= 1 } => texts["Admin.Minutes", (int)time.TotalMinutes],
        _ => texts["Admin.Seconds", (int)time.TotalSeconds],
    };

    private async Task<IActionResult> DoAsync(string action, Func<Task<Result>> act, CancellationToken cancellationToken)
    {
        if ((await act()).Error is not { } error)
        {
            return Redirect($"/admin?done={action}#dead");
        }

        ModelState.AddError(error, errors);
        await ShowAsync(cancellationToken);

        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken) => Overview = await mediator.Send(new GetOverview(), cancellationToken);
}
