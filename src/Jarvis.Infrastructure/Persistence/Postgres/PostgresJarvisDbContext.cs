using System.Collections;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Jarvis.Infrastructure.Persistence.Postgres;

internal sealed class PostgresJarvisDbContext(DbContextOptions<PostgresJarvisDbContext> options) : JarvisDbContext(options)
{
    /// <summary>Maximum number of changes that certainly fit into one batch of the provider.</summary>
    private const int MaxBatchSize = 100;

    /// <summary>Property of the signs of a vector, which the database computes and only the search statement reads.</summary>
    private const string Signs = "EmbeddingCode";

    /// <summary>Key of the advisory lock for migrations. Every version of Jarvis must use the same number.</summary>
    private const long MigrationLock = 0x4A_41_52_56_49_53;

    /// <summary>
    /// Saves one batch without an explicit transaction. PostgreSQL treats the statements under one Sync as one transaction, so an
    /// explicit one would only add a round trip for the COMMIT. A change with a concurrency token needs a transaction: EF Core
    /// detects the conflict after the batch and must then undo the other statements.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Database.AutoTransactionBehavior = IsOneBatch() ? AutoTransactionBehavior.Never : AutoTransactionBehavior.WhenNeeded;

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // EF Core's own lock ends with the transaction of each migration, so another process could start between two migrations.
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
            // After a failure, closing the connection releases the lock. The process ends then.
            await Database.CloseConnectionAsync();
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasPostgresExtension("vector");
        var items = modelBuilder.Entity<MemoryItemEmbedding>();
        AddSigns(items);
        items.HasIndex(nameof(MemoryItemEmbedding.UserId), nameof(MemoryItemEmbedding.EmbeddingModel))
            .HasDatabaseName("ix_memory_items_nearest")
            .IncludeProperties(nameof(MemoryItemEmbedding.Id), Signs)
            .HasFilter("embedding_code IS NOT NULL");
        SetVacuum(modelBuilder.Entity<MemoryItem>());

        var turns = modelBuilder.Entity<TurnEmbedding>();
        AddSigns(turns);
        turns.HasIndex(nameof(TurnEmbedding.UserId), nameof(TurnEmbedding.EmbeddingModel))
            .HasDatabaseName("ix_turn_embeddings_nearest")
            .IncludeProperties(nameof(TurnEmbedding.TurnId), Signs);
        SetVacuum(turns);
    }

    // The columns have no fixed number of dimensions, so a new model needs no migration.
    private static void AddSigns(EntityTypeBuilder embedding) =>
        embedding.Property<BitArray>(Signs).HasColumnType("bit varying").HasComputedColumnSql("binary_quantize(embedding)", stored: true);

    // An index-only scan needs rows that a vacuum has visited. By default a vacuum starts only after a fifth of the table changed.
    private static void SetVacuum(EntityTypeBuilder table) => table
        .HasStorageParameter("autovacuum_vacuum_scale_factor", 0.05)
        .HasStorageParameter("autovacuum_vacuum_insert_scale_factor", 0.02);

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
            // Another process created the database at the same time.
        }
    }

    private bool IsOneBatch()
    {
        var changed = ChangeTracker.Entries().Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();

        return changed.Count <= MaxBatchSize
            && changed.TrueForAll(entry => entry.State == EntityState.Added || !entry.Properties.Any(property => property.Metadata.IsConcurrencyToken));
    }
}
