using System.Text.RegularExpressions;

namespace Jarvis.Web.Tests.Access;

/// <summary>One statement, looked at for whether it names the owner of every owned table that it touches.</summary>
internal static partial class OwnedStatement
{
    // Each with the reason why it needs no owner.
    private static readonly Regex[] Allowed =
    [
        // Who the owner is, is what this asks.
        AccessTokenByHash(),

        // So is this; and that an account of Discord has no owner yet.
        DiscordAccount(),

        // The sweeps are for everybody: they hand out ids, and time out what nobody answers.
        Sweep(),

        // One row by its key, which was read through its owner in the same unit of work: how Entity Framework stores a change.
        StoredByKey(),
    ];

    /// <summary>The owned tables that it touches.</summary>
    public static IReadOnlyList<string> TablesOf(string statement, IReadOnlyCollection<string> owned) =>
        [.. Uses().Matches(Plain(statement)).Select(use => use.Groups["table"].Value).Where(owned.Contains).Distinct()];

    /// <summary>What it reads or writes without saying whose; empty where it is as it should be.</summary>
    public static IReadOnlyList<string> Ownerless(string statement, IReadOnlyCollection<string> owned)
    {
        var plain = Plain(statement);
        if (Array.Exists(Allowed, allowed => allowed.IsMatch(plain)))
        {
            return [];
        }

        return [.. from Match use in Uses().Matches(plain)
                   where owned.Contains(use.Groups["table"].Value) && !NamesOwner(plain, use)
                   select use.Value];
    }

    // The engines quote differently, and lay out alike.
    private static string Plain(string statement) => Whitespace().Replace(statement.Replace("\"", "", StringComparison.Ordinal), " ").TrimEnd(';', ' ');

    // By a parameter, or by the same person's row of another table.
    private static bool NamesOwner(string statement, Match use)
    {
        if (use.Groups["verb"].Value.Equals("INSERT INTO", StringComparison.OrdinalIgnoreCase))
        {
            return statement[use.Index..].Contains("user_id", StringComparison.Ordinal);
        }

        // A query of no conversation asks for no rows at all.
        if (AsksForNothing().IsMatch(statement[(use.Index + use.Length)..]))
        {
            return true;
        }

        var column = (use.Groups["alias"].Success ? Regex.Escape(use.Groups["alias"].Value) + @"\." : @"(?<![\w.])") + "user_id";

        return Regex.IsMatch(statement, $@"\b{column} = ([@$]|\w+\.user_id\b)|\w+\.user_id = {column}\b");
    }

    [GeneratedRegex(@"(?<verb>FROM|JOIN|UPDATE|DELETE FROM|INSERT INTO) (?<table>[a-z_]+)( AS (?<alias>\w+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Uses();

    [GeneratedRegex("^ WHERE (0|FALSE) ")]
    private static partial Regex AsksForNothing();

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
