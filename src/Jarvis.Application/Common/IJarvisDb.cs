using Jarvis.Domain.Accounts;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Jarvis.Application.Common;

/// <summary>
/// Gives access to the database. One instance per request; not for parallel use. An outage surfaces as the driver's exception.
/// </summary>
public interface IJarvisDb
{
    DbSet<UserConfig> UserConfigs { get; }

    DbSet<AccessToken> AccessTokens { get; }

    DbSet<Conversation> Conversations { get; }

    DbSet<Turn> Turns { get; }

    DbSet<ConversationSummary> ConversationSummaries { get; }

    DbSet<MemoryItem> MemoryItems { get; }

    DbSet<Tombstone> Tombstones { get; }

    DbSet<BugReport> BugReports { get; }

    DbSet<DiscordAccount> DiscordAccounts { get; }

    DbSet<DiscordConversation> DiscordConversations { get; }

    DbSet<DiscordQuestion> DiscordQuestions { get; }

    DatabaseFacade Database { get; }

    /// <summary>Loaded and added entities. Code that stores many rows should clear it.</summary>
    ChangeTracker ChangeTracker { get; }

    /// <exception cref="DbUpdateConcurrencyException">A concurrent write changed the data.</exception>
    Task<int> SaveChangesAsync(CancellationToken cancellationToken);
}
