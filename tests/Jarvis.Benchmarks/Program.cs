using System.Globalization;
using Jarvis.Benchmarks;
using Jarvis.Benchmarks.Baseline;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scale = args.Contains("--quick") ? Scale.Quick : Scale.Full;
switch (args.Except(["--quick"]).ToArray())
{
    case []:
        await Bench.RunAsync(scale);

        return 0;
    case ["--limits"]:
        await LimitsBench.RunAsync(scale);

        return 0;
    case ["--memory"]:
        await MemoryBench.RunAsync(scale);

        return 0;
    case ["--queue"]:
        await QueueBench.RunAsync(scale);

        return 0;
    case ["--vectors"]:
        await VectorBench.RunAsync(scale);

        return 0;
    case ["--import"]:
        await ImportBench.RunAsync(scale);

        return 0;
    case ["--scale"]:
        await ScaleBench.RunAsync(scale);

        return 0;
    case ["--server"]:
        await ServerBench.RunAsync(scale);

        return 0;
    case ["--speech"]:
        await SpeechBench.RunAsync(scale);

        return 0;
    case [BaselineApi.Argument, var statementsFile]:
        await BaselineApi.RunAsync(statementsFile);

        return 0;
    default:
        await Console.Error.WriteLineAsync("build/bench [--import | --limits | --memory | --queue | --scale | --server | --speech | --vectors] [--quick]");

        return 2;
}
