using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.Imports;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Pages.Settings;

/// <summary>Handles an import without scripts, where the upload is buffered before it is read. With scripts, the browser calls the API.</summary>
[Authorize]
internal sealed class ImportModel(IMediator mediator, IConversationFileReader files, IErrorText errors, IOptions<ImportOptions> options) : PageModel
{
    public const int Shown = 10;
    private const int Megabyte = 1024 * 1024;

    public long MaxMegabytes => options.Value.MaxFileBytes / Megabyte;

    public ImportResult? Outcome { get; private set; }

    public string? Error { get; private set; }

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    public async Task OnPostAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            SetError(ImportErrors.FileMissing);

            return;
        }

        await using var text = file.OpenReadStream();
        var imported = await mediator.Send(
            new ImportConversations(User.Id(), files.ReadAsync(text, format: null, cancellationToken)),
            cancellationToken);
        if ((imported.Error ?? imported.Value.Stopped) is { } error)
        {
            SetError(error);
        }
        else
        {
            Outcome = imported.Value;
        }
    }

    private void SetError(Error error)
    {
        Error = errors.For(error);
        Reasons = [.. error.Fields.SelectMany(field => field.Value.Select(reason => $"{field.Key}: {errors.For(reason)}"))];
    }
}
