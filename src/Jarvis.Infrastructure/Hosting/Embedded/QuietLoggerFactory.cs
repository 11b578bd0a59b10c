using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Hosting.Embedded;

/// <summary>Writes Garnet's log entries from Warning up to the log of the host.</summary>
internal sealed class QuietLoggerFactory(ILoggerFactory host) : ILoggerFactory
{
    // Warns at each start that Garnet's own logging options aren't used, which is intended.
    private const string ArgumentParser = "ArgParser";

    public ILogger CreateLogger(string categoryName) =>
        new Quiet(host.CreateLogger($"Garnet.{categoryName}"), categoryName == ArgumentParser ? LogLevel.Error : LogLevel.Warning);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    public void Dispose()
    {
        // The host owns the factory.
    }

    private sealed class Quiet(ILogger inner, LogLevel minimum) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
