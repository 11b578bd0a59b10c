using System.Globalization;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Console version of the speech stand-in; Ctrl-C stops it.</summary>
internal static class SpeechCommand
{
    public const string Usage =
        """
          speech   Stand-in for Speaches or Chatterbox; it speaks with espeak-ng.
                   --as NAME             speaches (default) or chatterbox
                   --port N              default 8000, chatterbox 4123
                   --listen any          accept connections from other machines
                   --installed none      like a new Speaches: every model must be installed first
                   --fault F             429, 404, 500, hang, slow, cut, silent, html, endless
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        int? port = null;
        var (everywhere, isChatterbox, isBare) = (false, false, false);
        var fault = SpeechFault.None;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var number):
                    port = number;
                    break;
                case "--listen" when value == "any":
                    everywhere = true;
                    break;
                case "--as" when value is "speaches" or "chatterbox":
                    isChatterbox = value == "chatterbox";
                    break;
                case "--installed" when value == "none":
                    isBare = true;
                    break;
                case "--fault" when FaultOf(value) is { } named:
                    fault = named;
                    break;
                default:
                    await Console.Error.WriteLineAsync($"{args[i]} {value} is not valid.\n\n{Usage}");

                    return 2;
            }
        }

        await using var standIn = await SpeechStandIn.StartAsync(port ?? (isChatterbox ? 4123 : 8000), everywhere, isChatterbox);
        standIn.Installed = isBare ? [] : null;
        standIn.AddFault(fault);
        Console.WriteLine($"The stand-in listens at {standIn.BaseUrl}. Start Jarvis with these settings; Ctrl-C stops the stand-in:");
        Console.WriteLine($"  Speech__{(isChatterbox ? "Chatterbox" : "Speaches")}__BaseUrl={standIn.BaseUrl}");
        await ConsoleCancellation.WaitAsync();

        return 0;
    }

    private static SpeechFault? FaultOf(string name) => name switch
    {
        "429" => SpeechFault.RateLimited(TimeSpan.FromSeconds(20)),
        "404" => SpeechFault.WithStatus(404),
        "500" => SpeechFault.ServerError,
        "hang" => SpeechFault.Silence,
        "slow" => SpeechFault.Slow(TimeSpan.FromSeconds(5)),
        "cut" => SpeechFault.Cut(),
        "silent" => SpeechFault.StallsAfter(),
        "html" => SpeechFault.HtmlPage,
        "endless" => SpeechFault.NeverEnding,
        _ => null,
    };
}
