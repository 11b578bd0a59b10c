using Jarvis.Domain.Common;

namespace Jarvis.Application.Administration;

internal static class AdministrationErrors
{
    public static Error DeadLetterNotFound { get; } = new(
        ErrorKind.NotFound,
        "administration.letter_gone",
        $"This job is no longer among the failed ones: it was retried or deleted.");

    public static Error InvalidJob { get; } = new(
        ErrorKind.Invalid,
        "administration.not_a_job",
        $"This isn't a Jarvis job: you can only delete it.");
}
