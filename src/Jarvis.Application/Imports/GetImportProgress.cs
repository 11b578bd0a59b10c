using Jarvis.Domain.Accounts;
using MediatR;

namespace Jarvis.Application.Imports;

/// <summary>How far the import is that runs for a person; null where none does.</summary>
public sealed record GetImportProgress(UserId User) : IRequest<ImportProgress?>;

internal sealed class GetImportProgressHandler(IImportCoordinator coordinator) : IRequestHandler<GetImportProgress, ImportProgress?>
{
    public Task<ImportProgress?> Handle(GetImportProgress request, CancellationToken cancellationToken) => coordinator.FindAsync(request.User);
}
