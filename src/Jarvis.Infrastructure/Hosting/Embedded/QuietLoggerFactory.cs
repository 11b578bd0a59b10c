using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Hosting.Embedded;

/// <summary>Garnet's log from warnings up, among the host's.</summary>
internal sealed class QuietLoggerFactory(ILoggerFactory host) : ILoggerFactory
{
    // Warns at each start that Garnet's own logging options are not used, which is what is wanted.
    private const string ArgumentParser = "ArgParser";

    public ILogger CreateLogger(string categoryName) =>
        new Quiet(host.CreateLogger($"Garnet.{categoryName}"), categoryName == ArgumentParser ? LogLevel.Error : LogLevel.Warning);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    public void Dispose()
    {
        // The factory is the host's, and goes with it.
    }

    private sealed class Quiet(ILogger inner, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
