using System.Text.RegularExpressions;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Architecture.Tests;

/// <summary>Owned entities are queried through their owner, apart from the exceptions listed here.</summary>
public sealed partial class OwnershipTests
{
    private static readonly string[] Exceptions =
    [
        // Determines the owner.
        "src/Jarvis.Application/Accounts/AuthenticateToken.cs: AccessTokens",

        // Look up the owner of a Discord account, and ensure that each account has only one.
        "src/Jarvis.Application/Discord/FindDiscordPerson.cs: DiscordAccounts",
        "src/Jarvis.Application/Discord/FindDiscordPerson.cs: UserConfigs",
        "src/Jarvis.Application/Discord/FinishDiscordLink.cs: DiscordAccounts",

        // All users: the sweeps.
        "src/Jarvis.Application/Discord/ListDueDiscordQuestions.cs: DiscordQuestions",
        "src/Jarvis.Application/Conversations/FailAbandonedTurns.cs: Turns",
        "src/Jarvis.Application/Memories/EnqueuePendingConversations.cs: Turns",
        "src/Jarvis.Application/Memories/ListPendingImports.cs: Turns",
        "src/Jarvis.Application/Memories/EnqueuePendingConversations.cs: ConversationSummaries",

        // All users: reports and answers that workers send.
        "src/Jarvis.Application/BugReports/SendNextBugReport.cs: BugReports",
        "src/Jarvis.Application/BugReports/RetryRefusedBugReports.cs: BugReports",

        // All users: the number of pending turns, for the administrator.
        "src/Jarvis.Application/Administration/GetOverview.cs: Turns",

        // All users: part of the migration.
        "src/Jarvis.Infrastructure/Persistence/Search/SearchIndexUpgrade.cs: Turns",
        "src/Jarvis.Infrastructure/Persistence/Search/SearchIndexUpgrade.cs: MemoryItems",
    ];

    private static readonly List<(string Set, Type Entity)> OwnedSets =
    [
        .. from property in typeof(IJarvisDb).GetProperties()
           where property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>)
           let entity = property.PropertyType.GenericTypeArguments[0]
           where entity.IsAssignableTo(typeof(IUserOwned))
           select (property.Name, entity),
    ];

    [Fact]
    public void Owned_entities_are_queried_by_owner_apart_from_listed_exceptions()
    {
        var uses = (
            from source in Solution.Sources
            from Match use in Use().Matches(source.Text)
            where OwnedSets.Exists(owned => owned.Set == use.Groups["set"].Value)
            select (Place: $"{source.Name}: {use.Groups["set"].Value}", IsOwned: use.Groups["owned"].Success)).ToList();

        uses.Should().Contain(use => use.IsOwned);
        uses.Where(use => !use.IsOwned).Select(use => use.Place).Distinct().Should().BeEquivalentTo(Exceptions);
    }

    [Fact]
    public void Owned_sets_are_exposed_only_by_JarvisDbContext()
    {
        var direct = (
            from source in Solution.Sources
            from owned in OwnedSets
            where source.Text.Contains($"Set<{owned.Entity.Name}>()", StringComparison.Ordinal)
            select source.Name).Distinct();

        direct.Should().Equal("src/Jarvis.Infrastructure/Persistence/JarvisDbContext.cs");
    }

    [Fact]
    public void Every_entity_with_a_UserId_is_user_owned_and_has_a_set()
    {
        var withUserId = Solution.Domain.GetTypes().Where(type => type is { IsClass: true } && type.GetProperty(nameof(IUserOwned.UserId)) is not null).ToList();

        withUserId.Should().NotBeEmpty();
        withUserId.Should().OnlyContain(type => type.IsAssignableTo(typeof(IUserOwned)));
        OwnedSets.Select(owned => owned.Entity).Should().BeEquivalentTo(withUserId);
    }

    // These need no filter: an added entity names its owner, and an attached or removed one was loaded through its owner.
    [GeneratedRegex(@"\bdb\.(?<set>\w+)\b(?<owned>\s*\.(OwnedBy|Add|AddRange|Attach|Remove|RemoveRange)\()?")]
    private static partial Regex Use();
}
