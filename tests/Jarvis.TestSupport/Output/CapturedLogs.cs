using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.Output;

/// <summary>Captures the logs of every Jarvis host in this process and of single components.</summary>
public static class CapturedLogs
{
    private static readonly Lazy<ILoggerFactory> FromParts = new(() => LoggerFactory.Create(logging => logging.AddCaptured("parts")));
    private static readonly Lazy<IDisposable?> Hosts = new(() => CapturedOutput.IsEnabled ? DiagnosticListener.AllListeners.Subscribe(new HostsBeingBuilt()) : null);

    /// <summary>Logger factory for components that are tested without a host; all loggers of the process write to one file.</summary>
    public static ILoggerFactory Factory => FromParts.Value;

    /// <summary>Replaces <c>AddLogging</c>.</summary>
    public static IServiceCollection AddCapturedLogging(this IServiceCollection services) =>
        services.AddLogging().AddSingleton(Factory);

    /// <summary>Captures the log of every Jarvis host that is built from now on.</summary>
    internal static void FromHosts() => _ = Hosts.Value;

    private static void AddCaptured(this ILoggingBuilder logging, string name)
    {
        if (CapturedOutput.IsEnabled)
        {
            logging.Services.AddSingleton<ILoggerProvider>(_ => new CapturedLog(name));
            logging.Services.PostConfigure<LoggerFilterOptions>(CapturedLog.AddRules);
        }
    }

    // The host builder publishes a diagnostic event when it builds a host, so the product needs no hook for tests.
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
                    // Stand-ins are hosts too, but they log nothing.
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
