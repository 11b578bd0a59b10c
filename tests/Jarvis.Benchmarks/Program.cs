using System.Globalization;
using Jarvis.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case []:
        await Bench.RunAsync(Scale.Full);

        return 0;
    case ["--quick"]:
        await Bench.RunAsync(Scale.Quick);

        return 0;
    default:
        await Console.Error.WriteLineAsync("build/bench [--quick]");

        return 2;
}
