using Jarvis.Domain.Common;

namespace Jarvis.Application.Imports;

/// <summary>
/// Allows one import per person across all processes, and publishes its progress. This is advisory and not a lock: imports proceed
/// while Redis is unavailable, and concurrent imports of the same file store it once.
/// </summary>
public interface IImportCoordinator
{
    /// <summary>
    /// Acquires the import lease of the person. Returns null if another import holds it. The lease of a crashed process expires
    /// within a minute.
    /// </summary>
    Task<IImportLease?> TryAcquireAsync(UserId user);

    /// <summary>Returns the progress of the person's import; null if no import is running or Redis is unavailable.</summary>
    Task<ImportProgress?> FindAsync(UserId user);
}

/// <summary>Dispose the lease when the import ends, in any case.</summary>
public interface IImportLease : IAsyncDisposable
{
    /// <summary>Renews the lease and publishes the progress. Cheap to call often.</summary>
    Task ReportAsync(ImportProgress progress);
}

/// <param name="Conversations">Conversations that were read so far, new or not.</param>
/// <param name="Imported">New turns.</param>
/// <param name="Skipped">Turns that already existed.</param>
public sealed record ImportProgress(int Conversations, int Imported, int Skipped);
