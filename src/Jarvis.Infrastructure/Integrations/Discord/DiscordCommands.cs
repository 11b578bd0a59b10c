using System.Text.Json.Nodes;
using Jarvis.Application.Discord;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Definitions of the slash commands in the format of Discord's API.</summary>
internal static class DiscordCommands
{
    private const int SlashCommand = 1;
    private const int TextOption = 3;
    private const int BooleanOption = 5;
    private const int MaxPromptLength = 6_000;

    // Servers, direct messages with Jarvis, and other direct messages.
    private static JsonArray AllContexts => [0, 1, 2];

    // Installed to a server, and to a user.
    private static JsonArray AllInstallTypes => [0, 1];

    public static JsonArray All =>
    [
        Command(
            DiscordCommandNames.Ask,
            ("Ask Jarvis. Only you see the answer, unless you make it public.", "Zapytaj Jarvisa. Odpowiedź widzisz tylko Ty, chyba że wybierzesz publiczną."),
            Option(TextOption, "prompt", ("Your question or message", "Twoje pytanie lub wiadomość"), ("required", true), ("max_length", MaxPromptLength)),
            Option(BooleanOption, "public", ("Everyone here can see the answer", "Odpowiedź widzą tu wszyscy")),
            Option(BooleanOption, "memory", ("A public answer may use what Jarvis remembers about you", "Publiczna odpowiedź może korzystać z tego, co Jarvis o Tobie pamięta"))),
        Command(
            DiscordCommandNames.Memories,
            ("Show what Jarvis remembers about you. Only you can see it.", "Pokaż, co Jarvis o Tobie pamięta. Widzisz to tylko Ty."),
            Option(TextOption, "query", ("What to look for", "Czego szukać"))),
        Command(
            DiscordCommandNames.Forget,
            ("Make Jarvis forget something permanently. Only you can see it.", "Każ Jarvisowi coś zapomnieć na zawsze. Widzisz to tylko Ty."),
            Option(TextOption, "memory", ("What to forget: type a few words and choose", "O czym zapomnieć: wpisz kilka słów i wybierz"), ("required", true), ("autocomplete", true))),
    ];

    private static JsonObject Command(string name, (string English, string Polish) description, params JsonObject[] options)
    {
        var command = WithDescription(SlashCommand, name, description);
        command["contexts"] = AllContexts;
        command["integration_types"] = AllInstallTypes;
        command["options"] = new JsonArray([.. options]);

        return command;
    }

    private static JsonObject Option(int type, string name, (string English, string Polish) description, params (string Key, JsonNode Value)[] more)
    {
        var option = WithDescription(type, name, description);
        foreach (var (key, value) in more)
        {
            option[key] = value;
        }

        return option;
    }

    private static JsonObject WithDescription(int type, string name, (string English, string Polish) description) => new()
    {
        ["type"] = type,
        ["name"] = name,
        ["description"] = description.English,
        ["description_localizations"] = new JsonObject { ["pl"] = description.Polish },
    };
}
