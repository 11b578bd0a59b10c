using Jarvis.Infrastructure.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>What a person at the console can do something about, in a line; for all else the exception itself is the best report.</summary>
public static class StartupErrorHandler
{
    /// <summary>Runs a process of Jarvis and gives its exit code: 1 with that line on the console where it was refused.</summary>
    public static async Task<int> RunAsync(Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            await run();

            return 0;
        }
        catch (Exception exception) when (For(exception) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);

            return 1;
        }
    }

    private static string? For(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder", InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message} Stop the process that uses it, or start Jarvis at another address: --urls http://localhost:5081",
        _ => null,
    };
}
