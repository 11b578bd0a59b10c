using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Jarvis.Infrastructure.Persistence.Postgres;

internal sealed class PostgresJarvisDbContext(DbContextOptions<PostgresJarvisDbContext> options) : JarvisDbContext(options)
{
    /// <summary>Far below what the provider puts into one batch.</summary>
    private const int BatchMax = 100;

    /// <summary>Any number, as long as it stays the same: every version of Jarvis waits for it.</summary>
    private const long MigrationLock = 0x4A_41_52_56_49_53;

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

    // Entity Framework's own lock ends with the transaction of each migration, and lets another in between them.
    public override async Task MigrateAsync()
    {
        await CreateIfMissingAsync();
        await Database.OpenConnectionAsync();
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})");
            await Database.MigrateAsync();
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})");
        }
        finally
        {
            // Where it failed the lock goes with the connection: whoever cannot migrate ends.
            await Database.CloseConnectionAsync();
        }
    }

    private async Task CreateIfMissingAsync()
    {
        var creator = this.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await creator.ExistsAsync())
            {
                await creator.CreateAsync();
            }
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another made it at the same moment.
        }
    }

    private bool IsOneBatch()
    {
        var changed = ChangeTracker.Entries().Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();

        return changed.Count <= BatchMax
            && changed.TrueForAll(entry => entry.State == EntityState.Added || !entry.Properties.Any(property => property.Metadata.IsConcurrencyToken));
    }
}
