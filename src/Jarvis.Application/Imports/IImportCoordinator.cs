using Jarvis.Domain.Accounts;

namespace Jarvis.Application.Imports;

/// <summary>
/// One import a person at a time, in all processes, and how far it is. A hint and no lock: while Redis is away nobody is kept from
/// importing, and importing the same twice at once stores it once.
/// </summary>
public interface IImportCoordinator
{
    /// <summary>Takes the person's seat, or gives null where another import of theirs has it. A process that dies leaves it within a minute.</summary>
    Task<IImportLease?> TryAcquireAsync(UserId user);

    /// <summary>How far the person's import is; null where none runs, and where Redis does not answer.</summary>
    Task<ImportProgress?> FindAsync(UserId user);
}

/// <summary>To be disposed when the import ends, however it does.</summary>
public interface IImportLease : IAsyncDisposable
{
    /// <summary>Keeps the seat, and tells how far it is; often is cheap.</summary>
    Task ReportAsync(ImportProgress progress);
}

/// <param name="Conversations">Read so far, new or not.</param>
/// <param name="Imported">New turns.</param>
/// <param name="Skipped">Turns that were there before.</param>
public sealed record ImportProgress(int Conversations, int Imported, int Skipped);
