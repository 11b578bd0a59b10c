using FluentValidation.Results;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Pipeline;

internal static class InvalidRequest
{
    /// <summary>
    /// Combines field errors. A single invalid field determines the code and the message; several fields share a general one.
    /// </summary>
    public static Error From(IReadOnlyCollection<ValidationFailure> failures)
    {
        var fields = failures
            .GroupBy(failure => FieldName(failure.PropertyName), ToError)
            .ToDictionary(field => field.Key, field => (IReadOnlyList<Error>)[.. field]);
        var first = fields.Count == 1 ? fields.Values.First()[0] : FieldErrors;

        return first with { Fields = fields };
    }

    private static Error FieldErrors { get; } = new(ErrorKind.Invalid, "request.invalid", $"Please correct the highlighted fields.");

    private static Error ToError(ValidationFailure failure) =>
        failure.CustomState as Error ?? new Error(ErrorKind.Invalid, failure.ErrorCode, $"{failure.ErrorMessage}");

    private static string FieldName(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
