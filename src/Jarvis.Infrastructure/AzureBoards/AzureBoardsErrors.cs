using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.AzureBoards;

/// <summary>Why a report was not filed, for the person who wrote it and for whoever hosts Jarvis.</summary>
internal static class AzureBoardsErrors
{
    public static Error Unreachable(string host, TimeSpan? retryAfter = null) => new(
        ErrorKind.Unavailable,
        "bugs.tracker_unreachable",
        $"Azure Boards at {host} cannot be reached.")
    {
        RetryAfter = retryAfter,
    };

    /// <param name="retryAfter">Long enough for Azure to end what it may still be doing.</param>
    public static Error Silent(string host, TimeSpan retryAfter) => new(
        ErrorKind.Unavailable,
        "bugs.tracker_silent",
        $"Azure Boards at {host} did not answer to the end. Before the next attempt Jarvis looks whether the report is there.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Failed(string host, int status, TimeSpan? retryAfter) => new(
        ErrorKind.UpstreamFailed,
        "bugs.tracker_failed",
        $"Azure Boards at {host} answered with an error ({status}).")
    {
        RetryAfter = retryAfter,
    };

    public static Error Busy(string host, TimeSpan? retryAfter) => new(
        ErrorKind.LimitReached,
        "bugs.tracker_busy",
        $"Azure Boards at {host} asks to be left alone for a while.")
    {
        RetryAfter = retryAfter,
    };

    public static Error BadAnswer(string host) => new(
        ErrorKind.UpstreamFailed,
        "bugs.tracker_bad_answer",
        $"What answers at {host} does not answer as Azure Boards does.");

    public static Error Unauthorized(string host) => new(
        ErrorKind.Forbidden,
        "bugs.tracker_unauthorized",
        $"Azure Boards at {host} does not accept Jarvis's access token. Whoever runs this Jarvis has to set AzureBoards:PersonalAccessToken to one that is valid and may write work items.");

    public static Error NotFound(string host, string said) => new(
        ErrorKind.NotFound,
        "bugs.tracker_not_found",
        $"Azure Boards at {host} does not know the organisation, the project or its work item type Bug: {said}");

    public static Error Refused(string host, int status, string said) => new(
        ErrorKind.Invalid,
        "bugs.tracker_refused",
        $"Azure Boards at {host} refused the report ({status}): {said}");
}
