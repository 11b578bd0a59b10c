using Jarvis.Domain.Accounts;
using MediatR;

namespace Jarvis.Application.Conversations;

/// <summary>How far the import is that runs for a person; null where none does.</summary>
public sealed record FindImport(UserId User) : IRequest<ImportProgress?>;

internal sealed class FindImportHandler(IImportDesk desk) : IRequestHandler<FindImport, ImportProgress?>
{
    public Task<ImportProgress?> Handle(FindImport request, CancellationToken cancellationToken) => desk.FindAsync(request.User);
}
