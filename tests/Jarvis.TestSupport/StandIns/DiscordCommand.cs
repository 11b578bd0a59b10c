using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Console version of the Discord stand-in: sends each typed line as a question and prints the answer of Jarvis.</summary>
internal sealed class DiscordCommand : StandInCommand
{
    private static readonly DiscordPerson Person = new("3100000000000000001", "ada.test", "Ada") { Locale = CultureInfo.CurrentUICulture.Name };
    private static readonly DiscordChannel Place = new(0, 0, "3200000000000000001", "3300000000000000001");

    private Uri jarvis = new("http://localhost:5080");
    private DiscordFault fault = DiscordFault.None;

    public DiscordCommand()
        : base("discord", Description, port: 11440)
    {
        Add("--jarvis ADDRESS", $"default {jarvis.OriginalString}", value =>
        {
            var isValid = Uri.TryCreate(value, UriKind.Absolute, out var address);
            jarvis = address ?? jarvis;

            return isValid;
        });
        AddFaults(named => fault = named, new Dictionary<string, DiscordFault>
        {
            ["429"] = DiscordFault.RateLimited(5),
            ["500"] = DiscordFault.ServerError,
            ["hang"] = DiscordFault.Silence,
            ["garbage"] = DiscordFault.Garbage,
        });
    }

    private static string Description =>
        """
        Stand-in for Discord with one user; type commands of that user:
                   /ask WORDS, /public WORDS (public answer), /memories [WORDS], /forget WORDS, /click ID
        """;

    protected override async Task RunAsync()
    {
        // A fixed key, so that the settings of Jarvis stay the same. It is not a secret: it signs for this stand-in only.
        await using var standIn = await DiscordStandIn.StartAsync(Port, SHA256.HashData(Encoding.UTF8.GetBytes("A stand-in for Discord")));
        standIn.People = [Person];
        standIn.AddFault(fault);
        Show(
            standIn.Root,
            "Start Jarvis with these settings, link the account in its settings page, and type /ask here",
            standIn.Settings.Select(Variable));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await SendAsync(standIn, jarvis, line.Trim());
        }
    }

    private static async Task SendAsync(DiscordStandIn standIn, Uri jarvis, string line)
    {
        var words = line.Split(' ', 2);
        var rest = words.Length > 1 ? words[1] : "";
        var interaction = words[0] switch
        {
            "" => null,
            "/ask" => DiscordInteraction.Ask(Person, Place, rest),
            "/public" => DiscordInteraction.Ask(Person, Place, rest, isPublic: true),
            "/memories" => DiscordInteraction.Memories(Person, Place, rest.Length > 0 ? rest : null),
            "/forget" => DiscordInteraction.Forget(Person, Place, rest),
            "/click" => DiscordInteraction.Click(Person, Place, rest),
            _ => DiscordInteraction.Ask(Person, Place, line),
        };
        if (interaction is null)
        {
            return;
        }

        try
        {
            await ShowAsync(standIn, await standIn.SendAsync(jarvis, interaction), interaction);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
    }

    private static async Task ShowAsync(DiscordStandIn standIn, System.Text.Json.JsonElement response, JsonObject interaction)
    {
        const int Deferred = 5;
        if (response.GetProperty("type").GetInt32() != Deferred)
        {
            var data = response.GetProperty("data");
            Console.WriteLine(data.Text("content"));
            foreach (var component in data.Items("components").SelectMany(row => row.Items("components")))
            {
                Console.WriteLine($"  [{(component.TryGetProperty("label", out var label) ? label : component.GetProperty("placeholder"))}]  /click {component.Text("custom_id")}");
            }

            return;
        }

        Console.WriteLine("Jarvis is thinking…");
        foreach (var message in await standIn.AnswerAsync(interaction))
        {
            Console.WriteLine(message);
        }
    }
}
