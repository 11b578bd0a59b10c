using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Formats the reason why a job was returned for Redis: the code and the message, followed by the arguments of the message.</summary>
internal static class FailureText
{
    private const int MaxLength = 500;

    /// <summary>
    /// Separates the text and the arguments; no text contains it. A control character such as U+001F doesn't work: Garnet cannot
    /// decode the JSON of a dead letter that it encoded with one.
    /// </summary>
    private const char Separator = '\uE000';

    public static string Format(Error reason)
    {
        var text = $"{reason.Code}: {reason.Message}".Truncate(MaxLength);
        var arguments = StoredError.From(reason).Arguments.Select(argument => argument.Truncate(MaxLength));

        return string.Join(Separator, arguments.Prepend(text));
    }

    /// <summary>Returns the text (<c>code: message</c>, or empty if there was no failure) and the arguments.</summary>
    public static (string Text, IReadOnlyList<string>? Arguments) Parse(string stored)
    {
        var fields = stored.Split(Separator);

        return (fields[0], fields.Length > 1 ? fields[1..] : null);
    }
}
