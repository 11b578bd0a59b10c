using System.Globalization;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Memories;

[Authorize]
internal sealed class IndexModel(IMediator mediator, IErrorText errors) : PageModel
{
    private static readonly string[] Deeds = ["Pin", "Unpin", "Edit", "Forget"];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public MemoryKind? Kind { get; set; }

    [BindProperty(Name = "page", SupportsGet = true)]
    public int Number { get; set; } = 1;

    /// <summary>What was just done, to say so.</summary>
    public string? Done { get; private set; }

    public Page<MemoryRow> Memories { get; private set; } = null!;

    /// <summary>Whose edit was refused, to show it again as it was written.</summary>
    public MemoryItemId? Refused { get; private set; }

    public string? RefusedContent { get; private set; }

    public string PageAddress => $"/memories?q={Uri.EscapeDataString(Q ?? "")}&kind={Kind}&page=";

    public string Here(string handler, MemoryItemId item) =>
        string.Create(CultureInfo.InvariantCulture, $"{PageAddress}{Number}&handler={handler}&item={item}");

    public async Task OnGetAsync(string? done, CancellationToken cancellationToken)
    {
        Done = Deeds.Contains(done) ? done : null;
        await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostPinAsync(Guid item, [FromForm] bool pinned, CancellationToken cancellationToken) =>
        await AfterAsync(
            await mediator.Send(new EditMemory(User.Id(), new MemoryItemId(item), Content: null, pinned), cancellationToken),
            pinned ? "Pin" : "Unpin",
            cancellationToken);

    public async Task<IActionResult> OnPostEditAsync(Guid item, [FromForm] string? content, CancellationToken cancellationToken)
    {
        (Refused, RefusedContent) = (new MemoryItemId(item), content);

        return await AfterAsync(
            await mediator.Send(new EditMemory(User.Id(), new MemoryItemId(item), content ?? "", Pinned: null), cancellationToken),
            "Edit",
            cancellationToken);
    }

    public async Task<IActionResult> OnPostForgetAsync(Guid item, CancellationToken cancellationToken) =>
        await AfterAsync(
            await mediator.Send(new ForgetMemory(User.Id(), new MemoryItemId(item)), cancellationToken),
            "Forget",
            cancellationToken);

    private async Task<IActionResult> AfterAsync(Result result, string deed, CancellationToken cancellationToken)
    {
        if (result.Error is { } error)
        {
            ModelState.AddModelError("", errors.For(error));
            await ShowAsync(cancellationToken);

            return Page();
        }

        return Redirect(string.Create(CultureInfo.InvariantCulture, $"{PageAddress}{Number}&done={deed}"));
    }

    private async Task ShowAsync(CancellationToken cancellationToken) =>
        Memories = await mediator.Send(new ListMemories(User.Id(), Number, Q, Kind), cancellationToken);
}
