using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using Jarvis.Domain.Memories;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence;

/// <summary>The model that both engines share. Each engine has a derived context with its own migrations.</summary>
internal abstract class JarvisDbContext(DbContextOptions options) : DbContext(options), IJarvisDb, IDataProtectionKeyContext
{
    public DbSet<JarvisUser> Users => Set<JarvisUser>();

    public DbSet<UserConfig> UserConfigs => Set<UserConfig>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Turn> Turns => Set<Turn>();

    public DbSet<ConversationSummary> ConversationSummaries => Set<ConversationSummary>();

    public DbSet<MemoryItem> MemoryItems => Set<MemoryItem>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    public DbSet<BugReport> BugReports => Set<BugReport>();

    public DbSet<DiscordAccount> DiscordAccounts => Set<DiscordAccount>();

    public DbSet<DiscordConversation> DiscordConversations => Set<DiscordConversation>();

    public DbSet<DiscordQuestion> DiscordQuestions => Set<DiscordQuestion>();

    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();

    public DbSet<MemoryItemEmbedding> MemoryItemEmbeddings => Set<MemoryItemEmbedding>();

    public DbSet<TurnEmbedding> TurnEmbeddings => Set<TurnEmbedding>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Migrates the database to this version. Several processes can call it at the same time.</summary>
    public virtual Task MigrateAsync() => Database.MigrateAsync();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(IId<>).Assembly.GetTypes().Where(IsId))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<Temperature>().HaveConversion<TemperatureConverter>();
        configurationBuilder.Properties<SpeechSpeed>().HaveConversion<SpeechSpeedConverter>();
        configurationBuilder.Properties<Salience>().HaveConversion<SalienceConverter>();
        configurationBuilder.Properties<ContentHash>().HaveConversion<ContentHashConverter>().HaveMaxLength(ContentHash.Length);
        configurationBuilder.Properties<Theme>().HaveConversion<EnumNameConverter<Theme>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<Platform>().HaveConversion<EnumNameConverter<Platform>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<TurnStatus>().HaveConversion<EnumNameConverter<TurnStatus>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<MemoryUsage>().HaveConversion<EnumNameConverter<MemoryUsage>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<DiscordScopeType>().HaveConversion<EnumNameConverter<DiscordScopeType>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<MemoryKind>().HaveConversion<EnumNameConverter<MemoryKind>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<BugSeverity>().HaveConversion<EnumNameConverter<BugSeverity>>().HaveMaxLength(EnumNameMaxLength);
        configurationBuilder.Properties<BugReportStatus>().HaveConversion<EnumNameConverter<BugReportStatus>>().HaveMaxLength(EnumNameMaxLength);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(JarvisDbContext).Assembly);

    private const int EnumNameMaxLength = 20;

    private static bool IsId(Type type) =>
        Array.Exists(type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IId<>));
}
