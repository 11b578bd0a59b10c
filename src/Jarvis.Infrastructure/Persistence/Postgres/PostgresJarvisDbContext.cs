using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence.Postgres;

internal sealed class PostgresJarvisDbContext(DbContextOptions<PostgresJarvisDbContext> options) : JarvisDbContext(options)
{
    /// <summary>Far below what the provider puts into one batch.</summary>
    private const int BatchMax = 100;

    /// <summary>
    /// Statements of one batch go out under one Sync, which PostgreSQL treats as one transaction. A transaction of its own would
    /// only cost the answer another round trip, for the COMMIT. Not where a row is compared before it is changed: that it was
    /// overtaken is found out after the batch, and its other statements must be undone then.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Database.AutoTransactionBehavior = IsOneBatch() ? AutoTransactionBehavior.Never : AutoTransactionBehavior.WhenNeeded;

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private bool IsOneBatch()
    {
        var changed = ChangeTracker.Entries().Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();

        return changed.Count <= BatchMax
            && changed.TrueForAll(entry => entry.State == EntityState.Added || !entry.Properties.Any(property => property.Metadata.IsConcurrencyToken));
    }
}
