using System.Globalization;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Command line of a stand-in.</summary>
internal sealed record StandInCommand(int Port, bool Everywhere, HttpFault Fault)
{
    public const string Usage =
        """
                   --port N              another port
                   --listen any          accept connections from other machines (containers)
                   --fault F             429, 500, hang, cut, garbage, html, slow
        """;

    /// <summary>Parses the arguments; prints an error and returns null if an argument is unknown.</summary>
    public static StandInCommand? Read(string[] args, int port)
    {
        var command = new StandInCommand(port, Everywhere: false, HttpFault.None);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var number):
                    command = command with { Port = number };
                    break;
                case "--listen" when value == "any":
                    command = command with { Everywhere = true };
                    break;
                case "--fault" when HttpFault.Named(value) is { } fault:
                    command = command with { Fault = fault };
                    break;
                default:
                    Console.Error.WriteLine($"{args[i]} {value} is not valid.\n\n{Usage}");

                    return null;
            }
        }

        return command;
    }
}
