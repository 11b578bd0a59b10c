namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>Messages of all users in a run: the same in each run, so that the memories can be compared.</summary>
internal static class ChaosScript
{
    public const int People = 20;
    public const int ConversationsEach = 10;

    /// <summary>Message that a model may be scripted not to understand, sent in its own conversation.</summary>
    public const string Unreadable = $"{ScriptedExtractionReplies.Mark} my handwriting is illegible";

    private static readonly string[] Things = ["boat", "garden", "violin", "bakery", "telescope", "vineyard", "lighthouse", "orchard", "workshop", "library"];
    private static readonly string[] Towns = ["Poznan", "Lublin", "Gdynia", "Opole", "Rzeszow", "Kielce", "Torun", "Bytom", "Elblag", "Zakopane"];

    /// <summary>
    /// Messages of one conversation: three facts of its own, one fact that the user repeats in each conversation, and one turn without a
    /// fact.
    /// </summary>
    public static IReadOnlyList<string> Conversation(int person, int conversation) =>
    [
        Fact($"my {Things[conversation]} number {person}-{conversation} lies outside {Towns[(conversation + person) % Towns.Length]}"),
        "Thank you, that is all I wanted to know.",
        Fact($"colleague {person}-{conversation} plays chess on every {Towns[conversation]} evening"),
        Fact($"my sister is called Ludmila and lives in house {person}"),
        Fact($"the {Things[(conversation + 3) % Things.Length]} meeting {person}-{conversation} needs a projector"),
    ];

    private static string Fact(string text) => $"{ScriptedExtractionReplies.Mark} {text}";
}
