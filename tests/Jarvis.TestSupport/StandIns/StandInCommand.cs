using System.Globalization;
using System.Runtime.InteropServices;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Console version of a stand-in.</summary>
internal abstract class StandInCommand
{
    private readonly Dictionary<string, Func<string, bool>> options = [];

    /// <param name="help">Description of the port; null for its number.</param>
    protected StandInCommand(string name, string description, int port, string? help = null)
    {
        (Name, Port) = (name, port);
        Usage = $"  {name,-9}{description}";
        Add("--port N", help ?? $"default {port}", number => Port = number);
    }

    public string Name { get; }

    public string Usage { get; private set; }

    protected int Port { get; private set; }

    /// <summary>True to accept requests from other machines.</summary>
    protected bool Everywhere { get; private set; }

    /// <summary>Parses the options and runs the stand-in.</summary>
    /// <returns>2 if an option is invalid.</returns>
    public async Task<int> RunAsync(string[] args)
    {
        foreach (var pair in args.Chunk(2))
        {
            var value = pair.ElementAtOrDefault(1) ?? "";
            if (!options.TryGetValue(pair[0], out var read) || !read(value))
            {
                await Console.Error.WriteLineAsync($"{pair[0]} {value} is not valid.\n\n{Usage}");

                return 2;
            }
        }

        await RunAsync();

        return 0;
    }

    protected abstract Task RunAsync();

    /// <param name="option">Name and placeholder of the value.</param>
    /// <param name="read">Returns false if the value is invalid.</param>
    protected void Add(string option, string help, Func<string, bool> read)
    {
        options.Add(option.Split(' ')[0], read);
        Usage += $"\n           {option,-22}{help}";
    }

    protected void Add(string option, string help, Action<int> set) => Add(option, help, value =>
    {
        var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number);
        if (isNumber)
        {
            set(number);
        }

        return isNumber;
    });

    protected void AddListen() => Add("--listen any", "accept connections from other machines (containers)", value => Everywhere = value == "any");

    protected void AddFaults<TFault>(Action<TFault> set, Dictionary<string, TFault> faults) => Add("--fault F", string.Join(", ", faults.Keys), value =>
    {
        var isKnown = faults.TryGetValue(value, out var fault);
        if (isKnown)
        {
            set(fault!);
        }

        return isKnown;
    });

    /// <summary>Setting as an environment variable.</summary>
    protected static string Variable((string Key, string Value) setting) => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}";

    protected static void Show(Uri address, string instruction, params IEnumerable<string> settings) => Console.WriteLine(
        $"The stand-in listens at {address}. {instruction}; Ctrl-C stops the stand-in:\n{string.Join('\n', settings.Select(line => "  " + line))}");

    /// <summary>Waits for Ctrl-C or until the container stops.</summary>
    protected static async Task WaitForCancellationAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await ended.Task;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
