using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

// docs/decisions/0010-exact-vector-search.md and 0011-two-stage-vector-search.md have the reasons for the columns and indexes.
internal sealed class MemoryItemEmbeddingConfiguration : IEntityTypeConfiguration<MemoryItemEmbedding>
{
    public void Configure(EntityTypeBuilder<MemoryItemEmbedding> builder)
    {
        builder.ToTable("memory_items");

        // Required, because the item and its vector are one row.
        builder.HasOne<MemoryItem>().WithOne().HasForeignKey<MemoryItemEmbedding>(embedding => embedding.Id).Metadata.IsRequiredDependent = true;
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(embedding => embedding.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(embedding => embedding.UserId).HasColumnName("user_id");

        // Shows the worker which items no model, or another model, has processed.
        builder.HasIndex(embedding => new { embedding.EmbeddingModel, embedding.Id }).HasDatabaseName("ix_memory_items_embedding_model");
    }
}

internal sealed class TurnEmbeddingConfiguration : IEntityTypeConfiguration<TurnEmbedding>
{
    public void Configure(EntityTypeBuilder<TurnEmbedding> builder)
    {
        builder.ToTable("turn_embeddings");
        builder.HasKey(embedding => embedding.TurnId);
        builder.HasOne<Turn>().WithOne().HasForeignKey<TurnEmbedding>(embedding => embedding.TurnId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(embedding => embedding.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
