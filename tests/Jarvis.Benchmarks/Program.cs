using System.Globalization;
using Jarvis.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scale = args.Contains("--quick") ? Scale.Quick : Scale.Full;
switch (args.Except(["--quick"]).ToArray())
{
    case []:
        await Bench.RunAsync(scale);

        return 0;
    case ["--queue"]:
        await QueueBench.RunAsync(scale);

        return 0;
    case ["--vectors"]:
        await VectorBench.RunAsync(scale);

        return 0;
    default:
        await Console.Error.WriteLineAsync("build/bench [--queue | --vectors] [--quick]");

        return 2;
}
