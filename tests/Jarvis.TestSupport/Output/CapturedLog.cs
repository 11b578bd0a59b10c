using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.Output;

/// <summary>A log that goes to a file of its own: what Jarvis says at Debug, and everybody else at Information.</summary>
[ProviderAlias("Kept")]
internal sealed class CapturedLog(string name) : ILoggerProvider
{
    private readonly CapturedWriter? file = CapturedOutput.Open(name);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, file);

    public void Dispose() => file?.Dispose();

    /// <summary>
    /// As whoever runs Jarvis sees it who raises <c>Default</c> and <c>Jarvis</c> to know more: what the product turns down category by
    /// category stays so. Rules that name a provider win over all others, and so the others are said again.
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
