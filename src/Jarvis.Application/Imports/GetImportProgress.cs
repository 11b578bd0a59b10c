using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Imports;

/// <summary>Returns the progress of a person's import; null if no import is running.</summary>
public sealed record GetImportProgress(UserId User) : IRequest<ImportProgress?>;

internal sealed class GetImportProgressHandler(IImportCoordinator coordinator) : IRequestHandler<GetImportProgress, ImportProgress?>
{
    public Task<ImportProgress?> Handle(GetImportProgress request, CancellationToken cancellationToken) => coordinator.FindAsync(request.User);
}
