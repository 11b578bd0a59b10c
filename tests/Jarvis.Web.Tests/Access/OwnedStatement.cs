using System.Text.RegularExpressions;
using Jarvis.Domain.Common;

namespace Jarvis.Web.Tests.Access;

/// <summary>SQL statement, checked for a filter by owner on every owned table that it uses.</summary>
internal static partial class OwnedStatement
{
    // Each exception has the reason why it needs no owner.
    private static readonly Regex[] Allowed =
    [
        // Looks up the owner itself.
        AccessTokenByHash(),

        // Looks up the owner itself, or checks that a Discord account is not linked yet.
        DiscordAccount(),

        // Background sweeps cover all users: they return ids and time out abandoned turns.
        Sweep(),

        // One row by its key, which was loaded through its owner in the same unit of work: how Entity Framework stores a change.
        StoredByKey(),
    ];

    /// <summary>Owned tables that the statement uses.</summary>
    public static IReadOnlyList<string> TablesOf(string statement, IReadOnlyCollection<string> owned) =>
        [.. Uses().Matches(Plain(statement)).Select(use => use.Groups["table"].Value).Where(owned.Contains).Distinct()];

    /// <summary>Owned tables that the statement reads or writes without the owner; empty if it is correct.</summary>
    public static IReadOnlyList<string> FindUnfiltered(string statement, IReadOnlyCollection<string> owned)
    {
        var plain = Plain(statement);
        if (Array.Exists(Allowed, allowed => allowed.IsMatch(plain)))
        {
            return [];
        }

        return [.. from Match use in Uses().Matches(plain)
                   where owned.Contains(use.Groups["table"].Value) && !FiltersByOwner(plain, use)
                   select use.Value];
    }

    // The engines quote differently but use the same layout.
    private static string Plain(string statement) => Whitespace().Replace(statement.Replace("\"", "", StringComparison.Ordinal), " ").TrimEnd(';', ' ');

    // Filters by a parameter, or by a row of the same user in another table.
    private static bool FiltersByOwner(string statement, Match use)
    {
        if (use.Groups["verb"].Value.Equals("INSERT INTO", StringComparison.OrdinalIgnoreCase))
        {
            return statement[use.Index..].Contains("user_id", StringComparison.Ordinal);
        }

        // A query for zero conversations selects no rows.
        if (NoRows().IsMatch(statement[(use.Index + use.Length)..]))
        {
            return true;
        }

        var column = (use.Groups["alias"].Success ? Regex.Escape(use.Groups["alias"].Value) + @"\." : @"(?<![\w.])") + "user_id";

        return Regex.IsMatch(statement, $@"\b{column} = ([@$]|\w+\.user_id\b)|\w+\.user_id = {column}\b");
    }

    [GeneratedRegex(@"(?<verb>FROM|JOIN|UPDATE|DELETE FROM|INSERT INTO) (?<table>[a-z_]+)( AS (?<alias>\w+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Uses();

    [GeneratedRegex("^ WHERE (0|FALSE) ")]
    private static partial Regex NoRows();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"FROM access_tokens AS a WHERE a\.hash = @")]
    private static partial Regex AccessTokenByHash();

    [GeneratedRegex(@"FROM discord_accounts AS d (INNER JOIN user_config AS u ON d\.user_id = u\.user_id )?WHERE d\.discord_user_id = @")]
    private static partial Regex DiscordAccount();

    [GeneratedRegex(
        @"^SELECT d\.user_id( AS \w+)?, d\.id( AS \w+)? FROM discord_questions AS d WHERE d\.due_at <= @"
        + @"|^(SELECT \w+\.UserId, \w+\.ConversationId FROM \( )?SELECT DISTINCT c\.user_id( AS \w+)?, c\.conversation_id( AS \w+)? FROM conversation_history AS c WHERE c\.status"
        + @"|^SELECT c\.user_id( AS \w+)?, c\.conversation_id( AS \w+)? FROM conversation_summary AS c WHERE c\.rebuild$"
        + @"|^SELECT .* FROM conversation_history AS c WHERE c\.status = 'pending' AND c\.timestamp < @")]
    private static partial Regex Sweep();

    [GeneratedRegex(@"^(UPDATE \w+ SET [^;]+|DELETE FROM \w+) WHERE (id|conversation_id) = @p\d+( AND \w+ = @p\d+)*( RETURNING 1)?$")]
    private static partial Regex StoredByKey();
}
