using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Console version of the Discord stand-in: sends each typed line as a question and prints the answer of Jarvis.</summary>
internal static class DiscordCommand
{
    public const string Usage =
        """
          discord  Stand-in for Discord with one user; type commands of that user:
                   /ask WORDS, /public WORDS (public answer), /memories [WORDS], /forget WORDS, /click ID
                   --port N              default 11440
                   --jarvis ADDRESS      default http://localhost:5080
                   --fault F             429, 500, hang, garbage
        """;

    private static readonly DiscordPerson Person = new("3100000000000000001", "ada.test", "Ada") { Locale = CultureInfo.CurrentUICulture.Name };
    private static readonly DiscordChannel Place = new(0, 0, "3200000000000000001", "3300000000000000001");

    public static async Task<int> RunAsync(string[] args)
    {
        var (port, jarvis, fault) = (11440, new Uri("http://localhost:5080"), (DiscordFault?)null);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var number):
                    port = number;
                    break;
                case "--jarvis" when Uri.TryCreate(value, UriKind.Absolute, out var address):
                    jarvis = address;
                    break;
                case "--fault" when FaultOf(value) is { } named:
                    fault = named;
                    break;
                default:
                    await Console.Error.WriteLineAsync($"{args[i]} {value} is not valid.\n\n{Usage}");

                    return 2;
            }
        }

        // A fixed key, so that the settings of Jarvis stay the same. It is not a secret: it signs for this stand-in only.
        await using var standIn = await DiscordStandIn.StartAsync(port, SHA256.HashData(Encoding.UTF8.GetBytes("A stand-in for Discord")));
        standIn.People = [Person];
        if (fault is not null)
        {
            standIn.AddFault(fault);
        }

        Console.WriteLine($"The stand-in listens at {standIn.Root}. Start Jarvis with these settings, link the account in its settings page, and type /ask here; Ctrl-C stops the stand-in:");
        foreach (var (key, setting) in standIn.Settings)
        {
            Console.WriteLine($"  {key.Replace(":", "__", StringComparison.Ordinal)}={setting}");
        }

        while (await Console.In.ReadLineAsync() is { } line)
        {
            await SendAsync(standIn, jarvis, line.Trim());
        }

        return 0;
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

    private static DiscordFault? FaultOf(string name) => name switch
    {
        "429" => DiscordFault.RateLimited(5),
        "500" => DiscordFault.ServerError,
        "hang" => DiscordFault.Silence,
        "garbage" => DiscordFault.Garbage,
        _ => null,
    };
}
