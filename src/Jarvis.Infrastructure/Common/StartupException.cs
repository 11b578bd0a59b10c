namespace Jarvis.Infrastructure.Common;

/// <summary>Jarvis cannot start. The message is one line for the console: the cause, and what to do about it.</summary>
public sealed class StartupException : Exception
{
    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
