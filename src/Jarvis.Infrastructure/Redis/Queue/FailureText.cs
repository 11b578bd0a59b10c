using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Why a job was returned, as the books hold it: a code and its sentence, and what that was filled with.</summary>
internal static class FailureText
{
    private const int MaxLength = 500;

    /// <summary>
    /// Parts what a reason was filled with from its text; it is in no text. Not the control character that was made for it: Garnet
    /// cannot decode the JSON of a dead letter that it encoded with one.
    /// </summary>
    private const char ArgumentMark = '\uE000';

    public static string Format(Error reason)
    {
        var text = $"{reason.Code}: {reason.Message}".Truncate(MaxLength);
        var arguments = StoredError.From(reason).Arguments.Select(argument => argument.Truncate(MaxLength));

        return string.Join(ArgumentMark, arguments.Prepend(text));
    }

    /// <summary>The text, <c>code: message</c>, which is empty where there is none, and what it was filled with.</summary>
    public static (string Text, IReadOnlyList<string>? Arguments) Parse(string stored)
    {
        var parts = stored.Split(ArgumentMark);

        return (parts[0], parts.Length > 1 ? parts[1..] : null);
    }
}
