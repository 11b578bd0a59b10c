using System.Globalization;

namespace Jarvis.Domain.Common;

/// <summary>
/// A refusal: something a person or a program can react to. <see cref="Code"/> is stable and dotted;
/// <see cref="Message"/> is one friendly sentence in English, of which other languages are translations by code.
/// </summary>
public sealed record Error
{
    public Error(ErrorKind kind, string code, FormattableString message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentNullException.ThrowIfNull(message);

        Kind = kind;
        Code = code;
        Message = message.ToString(CultureInfo.InvariantCulture);
        Arguments = message.GetArguments();
    }

    public ErrorKind Kind { get; }

    public string Code { get; }

    public string Message { get; }

    /// <summary>What the message was filled with, in order, for the same sentence in another language.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>Which fields are wrong and why, for <see cref="ErrorKind.Invalid"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Error>> Fields { get; init; } = EmptyFields;

    /// <summary>When it is worth trying again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static readonly Dictionary<string, IReadOnlyList<Error>> EmptyFields = [];
}
