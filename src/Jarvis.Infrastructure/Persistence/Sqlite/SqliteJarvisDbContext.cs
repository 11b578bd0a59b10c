using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;
using Pgvector;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteJarvisDbContext(DbContextOptions<SqliteJarvisDbContext> options) : JarvisDbContext(options)
{
    /// <summary>Property of the signs of a vector, which are stored beside it and only the search statement reads.</summary>
    private const string Signs = "EmbeddingCode";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
        configurationBuilder.Properties<HalfVector>().HaveConversion<HalfVectorBytesConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        var items = modelBuilder.Entity<MemoryItemEmbedding>();
        items.Property<byte[]>(Signs);
        items.HasIndex(nameof(MemoryItemEmbedding.UserId), nameof(MemoryItemEmbedding.EmbeddingModel), Signs)
            .HasDatabaseName("ix_memory_items_nearest")
            .HasFilter("embedding_code IS NOT NULL");

        var turns = modelBuilder.Entity<TurnEmbedding>();
        turns.Property<byte[]>(Signs).IsRequired();
        turns.HasIndex(nameof(TurnEmbedding.UserId), nameof(TurnEmbedding.EmbeddingModel), Signs).HasDatabaseName("ix_turn_embeddings_nearest");
    }
}
