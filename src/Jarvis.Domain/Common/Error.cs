using System.Globalization;

namespace Jarvis.Domain.Common;

/// <summary>
/// An expected failure that a person or a client can react to. <see cref="Code"/> is stable and dotted.
/// <see cref="Message"/> is one friendly sentence in English; translations are found by the code.
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

    /// <summary>Arguments of the message, in order, for the same sentence in another language.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>Invalid fields and their errors, for <see cref="ErrorKind.Invalid"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Error>> Fields { get; init; } = EmptyFields;

    /// <summary>Delay before a retry can succeed, if it is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static readonly Dictionary<string, IReadOnlyList<Error>> EmptyFields = [];
}
