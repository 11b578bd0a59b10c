using Jarvis.Infrastructure.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>Reports errors that an administrator can fix as one line. Other exceptions are not caught, because their stack trace is needed.</summary>
public static class StartupErrorHandler
{
    /// <summary>Runs a process of Jarvis and returns its exit code: 1 after such an error, with the line on the console.</summary>
    public static async Task<int> RunAsync(Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            await run();

            return 0;
        }
        catch (Exception exception) when (Format(exception) is { } message)
        {
            await Console.Error.WriteLineAsync(message);

            return 1;
        }
    }

    private static string? Format(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder", InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message} Stop the process that uses it, or start Jarvis at another address: --urls http://localhost:5081",
        _ => null,
    };
}
