using System.Globalization;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Uploads;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Memories;

[Authorize]
[RequestSizeLimit(MemoryFileReader.MaxBytes)]
internal sealed class IndexModel(IMediator mediator, IErrorText errors, MemoryFileReader files) : PageModel
{
    private static readonly string[] Actions = ["Pin", "Unpin", "Edit", "Forget"];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public MemoryKind? Kind { get; set; }

    /// <summary>True to show past memories instead of current ones.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    /// <summary>Memory whose earlier and later versions to show.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? History { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>Action that the page confirms.</summary>
    public string? Done { get; private set; }

    /// <summary>Number of chat summaries that the last erasure changed.</summary>
    public int ChangedSummaries { get; private set; }

    public ImportedMemory? Imported { get; private set; }

    public Page<MemoryRow> Memories { get; private set; } = null!;

    /// <summary>Memory whose edit was rejected; the page shows the input again.</summary>
    public MemoryItemId? RejectedItem { get; private set; }

    public string? RejectedContent { get; private set; }

    public bool IsFiltered => !string.IsNullOrEmpty(Q) || Kind is not null || History is not null;

    public string PageAddress =>
        string.Create(CultureInfo.InvariantCulture, $"/memories?q={Uri.EscapeDataString(Q ?? "")}&kind={Kind}&past={(Past ? "true" : "")}&history={History}&page=");

    public string GetActionUrl(string handler, MemoryItemId item) =>
        string.Create(CultureInfo.InvariantCulture, $"{PageAddress}{Number}&handler={handler}&item={item}");

    public async Task OnGetAsync(string? done, int summaries, CancellationToken cancellationToken)
    {
        Done = Actions.Contains(done) ? done : null;
        ChangedSummaries = summaries;
        await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostPinAsync(Guid item, [FromForm] bool pinned, CancellationToken cancellationToken)
    {
        var edited = await mediator.Send(new EditMemory(User.Id(), new MemoryItemId(item), Content: null, pinned), cancellationToken);

        return await ShowResultAsync(edited.Error, pinned ? "Pin" : "Unpin", cancellationToken);
    }

    public async Task<IActionResult> OnPostEditAsync(Guid item, [FromForm] string? content, CancellationToken cancellationToken)
    {
        (RejectedItem, RejectedContent) = (new MemoryItemId(item), content);
        var edited = await mediator.Send(new EditMemory(User.Id(), new MemoryItemId(item), content ?? "", Pinned: null), cancellationToken);

        return await ShowResultAsync(edited.Error, "Edit", cancellationToken);
    }

    public async Task<IActionResult> OnPostForgetAsync(Guid item, CancellationToken cancellationToken)
    {
        var forgotten = await mediator.Send(new ForgetMemory(User.Id(), new MemoryItemId(item)), cancellationToken);
        var summaries = forgotten.Error is null ? forgotten.Value.Summaries : 0;

        return await ShowResultAsync(forgotten.Error, string.Create(CultureInfo.InvariantCulture, $"Forget&summaries={summaries}"), cancellationToken);
    }

    /// <summary>Renders the page without a redirect, because the counts are shown only once.</summary>
    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        await using var content = file?.OpenReadStream() ?? Stream.Null;
        var imported = await mediator.Send(new ImportMemory(User.Id(), await files.ReadAsync(content, cancellationToken)), cancellationToken);
        if (imported.Error is { } error)
        {
            ModelState.AddModelError("file", FormatImportError(error));
        }
        else
        {
            Imported = imported.Value;
        }

        await ShowAsync(cancellationToken);

        return Page();
    }

    // The text names the first invalid item.
    private string FormatImportError(Error error) => error.Fields.FirstOrDefault() is { Key: { } field, Value: [var first, ..] } && field.Contains('[')
        ? $"{errors.For(first)} ({field})"
        : errors.For(error);

    private async Task<IActionResult> ShowResultAsync(Error? error, string action, CancellationToken cancellationToken)
    {
        if (error is not null)
        {
            ModelState.AddModelError("", errors.For(error));
            await ShowAsync(cancellationToken);

            return Page();
        }

        return Redirect(string.Create(CultureInfo.InvariantCulture, $"{PageAddress}{Number}&done={action}"));
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var history = History is { } item ? new MemoryItemId(item) : (MemoryItemId?)null;
        Memories = await mediator.Send(new ListMemories(User.Id(), Number, Q, Kind, history is null ? Past : null, history), cancellationToken);
    }
}
