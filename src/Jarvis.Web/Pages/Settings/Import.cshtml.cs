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

/// <summary>Without scripts the file is there as a whole before it is read; with scripts it goes to the call for programs.</summary>
[Authorize]
internal sealed class ImportModel(IMediator mediator, IConversationFileReader files, IErrorText errors, IOptions<ImportOptions> options) : PageModel
{
    public const int Shown = 10;
    private const int Megabyte = 1024 * 1024;

    public long MaxMegabytes => options.Value.MaxFileBytes / Megabyte;

    public ImportResult? Outcome { get; private set; }

    public string? Refusal { get; private set; }

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    public async Task OnPostAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            Refuse(ImportErrors.FileMissing);

            return;
        }

        await using var text = file.OpenReadStream();
        var imported = await mediator.Send(
            new ImportConversations(User.Id(), files.ReadAsync(text, format: null, cancellationToken)),
            cancellationToken);
        if ((imported.Error ?? imported.Value.Stopped) is { } error)
        {
            Refuse(error);
        }
        else
        {
            Outcome = imported.Value;
        }
    }

    private void Refuse(Error error)
    {
        Refusal = errors.For(error);
        Reasons = [.. error.Fields.SelectMany(field => field.Value.Select(reason => $"{field.Key}: {errors.For(reason)}"))];
    }
}
