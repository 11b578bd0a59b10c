using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversation");
        builder.Property(conversation => conversation.Id).HasColumnName("conversation_id");
        builder.Property(conversation => conversation.Title).HasMaxLength(Conversation.TitleMaxLength);
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(conversation => conversation.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(conversation => new { conversation.UserId, conversation.UpdatedAt });
        builder.Property(conversation => conversation.ExternalId).HasMaxLength(Conversation.ExternalIdMaxLength);
        builder.HasIndex(conversation => new { conversation.UserId, conversation.ExternalId }).IsUnique().HasFilter("external_id IS NOT NULL");
    }
}

internal sealed class TurnConfiguration : IEntityTypeConfiguration<Turn>
{
    public void Configure(EntityTypeBuilder<Turn> builder)
    {
        builder.ToTable("conversation_history");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(turn => turn.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(turn => turn.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(turn => turn.Status).IsConcurrencyToken();
        builder.ComplexProperty(turn => turn.Failure).HasFailureColumns();
        builder.Property(turn => turn.ExternalId).HasMaxLength(Turn.ExternalIdMaxLength);
        builder.HasIndex(turn => new { turn.ConversationId, turn.Id });
        builder.HasIndex(turn => new { turn.UserId, turn.Id });
        builder.HasIndex(turn => new { turn.ConversationId, turn.ExternalId }).IsUnique().HasFilter("external_id IS NOT NULL");

        // Partial indexes, because the background checks look for few of many rows.
        builder.HasIndex(turn => turn.ConversationId, "ix_conversation_history_behind")
            .HasFilter("remembered_at IS NULL AND status = 'completed'");
        builder.HasIndex(turn => turn.Timestamp, "ix_conversation_history_pending").HasFilter("status = 'pending'");

        // Name of the model that processed the turn for search. Only the worker's own statements write it.
        var embeddingModel = builder.Property<string>("EmbeddingModel").Metadata;
        embeddingModel.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        embeddingModel.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.HasIndex("EmbeddingModel", nameof(Turn.Id)).HasFilter("status = 'completed' AND recallable");

        builder.Property(turn => turn.MemoryUsage).HasColumnName("recall");
        builder.OwnsMany(turn => turn.Memories, citation =>
        {
            citation.ToTable("turn_memories");
            citation.WithOwner().HasForeignKey("TurnId");
            citation.HasKey("TurnId", nameof(MemoryCitation.Position));
            citation.Property(row => row.Position).ValueGeneratedNever();
            citation.HasOne<MemoryItem>().WithMany().HasForeignKey(row => row.MemoryItemId).OnDelete(DeleteBehavior.SetNull);
            citation.HasOne<Turn>().WithMany().HasForeignKey(row => row.SourceTurnId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Navigation(turn => turn.Memories).UsePropertyAccessMode(PropertyAccessMode.Field).AutoInclude(false);
    }
}
