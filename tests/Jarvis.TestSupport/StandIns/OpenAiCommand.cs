using System.Globalization;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Console version of the OpenAI stand-in; Ctrl-C stops it.</summary>
internal static class OpenAiCommand
{
    public const string Usage =
        """
          openai   Stand-in for an OpenAI-compatible server; it repeats the prompt.
                   --port N              default 11435
                   --listen any          accept connections from other machines (containers)
                   --fault F             429, 500, hang, cut, garbage, slow
                   --token-delay-ms N    delay of each word
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var port = 11435;
        var everywhere = false;
        var delay = TimeSpan.Zero;
        var fault = OpenAiFault.None;
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
                case "--token-delay-ms" when int.TryParse(value, CultureInfo.InvariantCulture, out var milliseconds):
                    delay = TimeSpan.FromMilliseconds(milliseconds);
                    break;
                case "--fault" when FaultOf(value) is { } named:
                    fault = named;
                    break;
                default:
                    await Console.Error.WriteLineAsync($"{args[i]} {value} is not valid.\n\n{Usage}");

                    return 2;
            }
        }

        await using var standIn = await OpenAiStandIn.StartAsync(port, everywhere);
        standIn.TokenDelay = delay;
        standIn.AddFault(fault);
        Console.WriteLine($"The stand-in listens at {standIn.BaseUrl}. Start Jarvis with one of these settings; Ctrl-C stops the stand-in:");
        Console.WriteLine($"  LocalLlm__BaseUrl={standIn.BaseUrl}");
        Console.WriteLine($"  OpenAI__BaseUrl={standIn.BaseUrl} OpenAI__ApiKey=any");
        Console.WriteLine($"  AzureOpenAI__Endpoint={standIn.Root} AzureOpenAI__ApiKey=any AzureOpenAI__Deployments=stand-in");
        await ConsoleCancellation.WaitAsync();

        return 0;
    }

    private static OpenAiFault? FaultOf(string name) => name switch
    {
        "429" => OpenAiFault.RateLimited(TimeSpan.FromSeconds(20)),
        "500" => OpenAiFault.ServerError,
        "hang" => OpenAiFault.Silence,
        "cut" => OpenAiFault.CutAfter(3),
        "garbage" => OpenAiFault.Garbage,
        "slow" => OpenAiFault.SlowTokens(TimeSpan.FromMilliseconds(500)),
        _ => null,
    };
}
