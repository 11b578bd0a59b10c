using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.Output;

/// <summary>Log in its own file: Jarvis at Debug, other categories at Information.</summary>
[ProviderAlias("Kept")]
internal sealed class CapturedLog(string name) : ILoggerProvider
{
    private readonly CapturedWriter? file = CapturedOutput.Open(name);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, file);

    public void Dispose() => file?.Dispose();

    /// <summary>
    /// Sets the log levels as an operator does who raises <c>Default</c> and <c>Jarvis</c>; categories that the product lowers stay
    /// lowered. Rules that name a provider override all others, so the other rules are repeated here.
    /// </summary>
    public static void AddRules(LoggerFilterOptions options)
    {
        var name = typeof(CapturedLog).FullName;
        var others = options.Rules.Where(rule => rule.ProviderName is null && rule.CategoryName is not null and not "Default" and not "Jarvis").ToArray();
        options.Rules.Add(new LoggerFilterRule(name, categoryName: null, LogLevel.Information, filter: null));
        options.Rules.Add(new LoggerFilterRule(name, "Jarvis", LogLevel.Debug, filter: null));
        foreach (var other in others)
        {
            options.Rules.Add(new LoggerFilterRule(name, other.CategoryName, other.LogLevel, other.Filter));
        }
    }

    private sealed class Logger(string category, CapturedWriter? file) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => file is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            file?.Line($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)}");
            if (exception is not null)
            {
                file?.Line(exception.ToString());
            }
        }
    }
}
