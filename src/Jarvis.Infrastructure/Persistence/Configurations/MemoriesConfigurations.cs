using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal sealed class ConversationSummaryConfiguration : IEntityTypeConfiguration<ConversationSummary>
{
    public void Configure(EntityTypeBuilder<ConversationSummary> builder)
    {
        builder.ToTable("conversation_summary");
        builder.HasOne<Conversation>().WithOne().HasForeignKey<ConversationSummary>(summary => summary.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(summary => summary.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(summary => summary.Summary).HasMaxLength(ConversationSummary.SummaryMaxLength);

        // The watermark moves by compare-and-swap.
        builder.Property(summary => summary.MessageCount).IsConcurrencyToken();

        // A partial index, because the background check looks for few of many rows.
        builder.HasIndex(summary => summary.Rebuild).HasFilter("rebuild");
    }
}

internal sealed class MemoryItemConfiguration : IEntityTypeConfiguration<MemoryItem>
{
    public void Configure(EntityTypeBuilder<MemoryItem> builder)
    {
        builder.ToTable("memory_items");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(item => item.UserId).OnDelete(DeleteBehavior.Cascade);

        // Named, because MemoryItemEmbedding maps the same column. The convention would give the second property another name.
        builder.Property(item => item.UserId).HasColumnName("user_id");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(item => item.ConversationId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Turn>().WithMany().HasForeignKey(item => item.SourceTurnId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<MemoryItem>().WithMany().HasForeignKey(item => item.SupersededBy).OnDelete(DeleteBehavior.SetNull);
        builder.Property(item => item.Content).HasMaxLength(MemoryItem.ContentMaxLength);
        builder.HasIndex(item => new { item.UserId, item.Id });

        // A current memory is unique. The history can contain the same text twice.
        builder.HasIndex(item => new { item.UserId, item.ContentHash }).IsUnique().HasFilter("valid_to IS NULL");
    }
}

internal sealed class TombstoneConfiguration : IEntityTypeConfiguration<Tombstone>
{
    public void Configure(EntityTypeBuilder<Tombstone> builder)
    {
        builder.ToTable("memory_tombstones");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(tombstone => tombstone.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(tombstone => new { tombstone.UserId, tombstone.ContentHash });
    }
}

internal sealed class SearchDocumentConfiguration : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> builder)
    {
        builder.ToTable("search_documents");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(document => document.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Turn>().WithOne().HasForeignKey<SearchDocument>(document => document.TurnId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MemoryItem>().WithOne().HasForeignKey<SearchDocument>(document => document.MemoryItemId).OnDelete(DeleteBehavior.Cascade);
    }
}
