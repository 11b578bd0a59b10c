using Jarvis.Domain.Common;

namespace Jarvis.Application.Administration;

internal static class AdministrationErrors
{
    public static Error DeadLetterNotFound { get; } = new(
        ErrorKind.NotFound,
        "administration.letter_gone",
        $"That job is not among the given-up ones any more: it was retried or dropped meanwhile.");

    public static Error InvalidJob { get; } = new(
        ErrorKind.Invalid,
        "administration.not_a_job",
        $"That is no job of Jarvis's: it can only be dropped.");
}
