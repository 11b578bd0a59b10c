namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>
/// The prompts of one run. They are the same in each run, so that the memories can be compared. <c>JARVIS_TEST_CHAOS=full</c>
/// selects the long script; <c>build/test --all</c> sets it.
/// </summary>
internal static class ChaosScript
{
    /// <summary>A text that the stand-in model does not understand, sent in its own conversation.</summary>
    public const string Unreadable = $"{ScriptedExtractionReplies.Mark} my handwriting is illegible";

    // Each conversation has one turn without a fact and one fact that repeats in all conversations of the user.
    private const int TurnsWithoutNewFact = 2;

    private static readonly bool Full = Environment.GetEnvironmentVariable("JARVIS_TEST_CHAOS") == "full";

    private static readonly string[] Things = ["boat", "garden", "violin", "bakery", "telescope", "vineyard", "lighthouse", "orchard", "workshop", "library"];
    private static readonly string[] Towns = ["Poznan", "Lublin", "Gdynia", "Opole", "Rzeszow", "Kielce", "Torun", "Bytom", "Elblag", "Zakopane"];

    public static int Users { get; } = Full ? 20 : 4;

    public static int ConversationsEach { get; } = Full ? 10 : 3;

    public static int TurnsEach { get; } = Full ? 5 : 3;

    public static int Turns { get; } = Users * ConversationsEach * TurnsEach;

    /// <summary>Number of different facts that one user tells in a run.</summary>
    public static int FactsEach { get; } = ((TurnsEach - TurnsWithoutNewFact) * ConversationsEach) + 1;

    public static IReadOnlyList<string> Conversation(int user, int conversation) =>
    [
        .. new[]
        {
            Fact($"my {Things[conversation]} number {user}-{conversation} lies outside {Towns[(conversation + user) % Towns.Length]}"),
            "Thank you, that is all I wanted to know.",
            Fact($"my sister is called Ludmila and lives in house {user}"),
            Fact($"colleague {user}-{conversation} plays chess on every {Towns[conversation]} evening"),
            Fact($"the {Things[(conversation + 3) % Things.Length]} meeting {user}-{conversation} needs a projector"),
        }.Take(TurnsEach),
    ];

    private static string Fact(string text) => $"{ScriptedExtractionReplies.Mark} {text}";
}
