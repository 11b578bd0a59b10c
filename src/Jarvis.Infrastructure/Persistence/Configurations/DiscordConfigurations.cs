using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using Jarvis.Infrastructure.Persistence.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal sealed class DiscordAccountConfiguration : IEntityTypeConfiguration<DiscordAccount>
{
    public void Configure(EntityTypeBuilder<DiscordAccount> builder)
    {
        builder.ToTable("discord_accounts");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(account => account.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(account => account.DiscordUserId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(account => account.Name).HasMaxLength(DiscordAccount.NameMaxLength);
        builder.HasIndex(account => account.UserId).IsUnique();
        builder.HasIndex(account => account.DiscordUserId).IsUnique();
    }
}

internal sealed class DiscordConversationConfiguration : IEntityTypeConfiguration<DiscordConversation>
{
    public void Configure(EntityTypeBuilder<DiscordConversation> builder)
    {
        builder.ToTable("discord_conversations");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(row => row.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(row => row.ScopeKey).HasMaxLength(DiscordScope.KeyMaxLength);
        builder.Property(row => row.GuildId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(row => row.ChannelId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(row => row.DiscordUserId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.HasIndex(row => new { row.UserId, row.ScopeKey }).IsUnique();
    }
}

internal sealed class DiscordQuestionConfiguration : IEntityTypeConfiguration<DiscordQuestion>
{
    private const int LanguageMaxLength = 2;

    public void Configure(EntityTypeBuilder<DiscordQuestion> builder)
    {
        builder.ToTable("discord_questions");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(question => question.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Ignore(question => question.Scope).Ignore(question => question.HasPublicAudience);
        builder.Property(question => question.InteractionId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(question => question.ApplicationId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(question => question.GuildId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(question => question.ChannelId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(question => question.DiscordUserId).HasMaxLength(DiscordScope.SnowflakeMaxLength);
        builder.Property(question => question.Language).HasMaxLength(LanguageMaxLength);
        builder.HasIndex(question => question.InteractionId).IsUnique();
        builder.HasIndex(question => question.DueAt);
    }
}
