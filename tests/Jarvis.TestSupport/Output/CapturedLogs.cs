using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.Output;

/// <summary>Logs that are kept: of every Jarvis that is built in this process, and of single parts of it.</summary>
public static class CapturedLogs
{
    private static readonly Lazy<ILoggerFactory> FromParts = new(() => LoggerFactory.Create(logging => logging.AddCaptured("parts")));
    private static readonly Lazy<IDisposable?> Hosts = new(() => CapturedOutput.IsWanted ? DiagnosticListener.AllListeners.Subscribe(new HostsBeingBuilt()) : null);

    /// <summary>For whatever is tested without a host; all of this process's write to one file.</summary>
    public static ILoggerFactory Factory => FromParts.Value;

    /// <summary>In the place of <c>AddLogging</c>.</summary>
    public static IServiceCollection AddCapturedLogging(this IServiceCollection services) =>
        services.AddLogging().AddSingleton(Factory);

    /// <summary>From now on the log of each host of Jarvis is kept.</summary>
    internal static void FromHosts() => _ = Hosts.Value;

    private static void AddCaptured(this ILoggingBuilder logging, string name)
    {
        if (CapturedOutput.IsWanted)
        {
            logging.Services.AddSingleton<ILoggerProvider>(_ => new CapturedLog(name));
            logging.Services.PostConfigure<LoggerFilterOptions>(CapturedLog.AddRules);
        }
    }

    // Hosts tell when they are built, as they do for tools: nothing in the product has to know of tests.
    private sealed class HostsBeingBuilt : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            {
                host.ConfigureServices((context, services) =>
                {
                    // Stand-ins are hosts too, which log nothing: what they were sent is for them to know.
                    if (context.HostingEnvironment.ApplicationName is "Jarvis.Web" or "Jarvis.Worker")
                    {
                        services.AddLogging(logging => logging.AddCaptured(context.HostingEnvironment.ApplicationName));
                    }
                });
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
