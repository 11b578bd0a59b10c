using System.Globalization;

namespace Jarvis.Domain.Common;

/// <summary>An error as a row stores it, so that a reader can show it in another language later.</summary>
public sealed record StoredError
{
    public const int CodeMaxLength = 100;

    private StoredError(string? code, string? message, IReadOnlyList<string> arguments) => (Code, Message, Arguments) = (code, message, arguments);

    public static StoredError None { get; } = new(code: null, message: null, []);

    /// <summary>Code of the error; null for <see cref="None"/>.</summary>
    public string? Code { get; private init; }

    /// <summary>Message of the error; null for <see cref="None"/>.</summary>
    public string? Message { get; private init; }

    /// <summary>Arguments of the message, in order, for the same sentence in another language.</summary>
    public IReadOnlyList<string> Arguments { get; private init; }

    public static StoredError From(Error error) => new(
        error.Code,
        error.Message,
        [.. error.Arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")]);
}
