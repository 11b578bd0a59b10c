using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Errors of filing a report, for its author and for administrators.</summary>
internal static class AzureBoardsErrors
{
    private const string UnreachableCode = "bugs.tracker_unreachable";
    private const string TimeoutCode = "bugs.tracker_silent";
    private const string RateLimitedCode = "bugs.tracker_busy";
    private const string FailedCode = "bugs.tracker_failed";
    private const string InvalidResponseCode = "bugs.tracker_bad_answer";
    private const string UnauthorizedCode = "bugs.tracker_unauthorized";
    private const string NotFoundCode = "bugs.tracker_not_found";

    public static Error Unreachable(string host, TimeSpan? retryAfter = null) => new(
        ErrorKind.Unavailable,
        UnreachableCode,
        $"Azure Boards at {host} can't be reached.")
    {
        RetryAfter = retryAfter,
    };

    /// <param name="retryAfter">Delay in which Azure can complete a request that it may still process.</param>
    public static Error Timeout(string host, TimeSpan retryAfter) => new(
        ErrorKind.Unavailable,
        TimeoutCode,
        $"Azure Boards at {host} didn't send a complete response. Before the next attempt, Jarvis checks whether the report is already there.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Failed(string host, int status, TimeSpan? retryAfter) => new(
        ErrorKind.UpstreamFailed,
        FailedCode,
        $"Azure Boards at {host} returned an error ({status}).")
    {
        RetryAfter = retryAfter,
    };

    public static Error RateLimited(string host, TimeSpan? retryAfter) => new(
        ErrorKind.LimitReached,
        RateLimitedCode,
        $"Azure Boards at {host} is rate-limiting Jarvis.")
    {
        RetryAfter = retryAfter,
    };

    public static Error InvalidResponse(string host) => new(
        ErrorKind.UpstreamFailed,
        InvalidResponseCode,
        $"The server at {host} doesn't respond like Azure Boards.");

    public static Error Unauthorized(string host) => new(
        ErrorKind.Forbidden,
        UnauthorizedCode,
        $"Azure Boards at {host} rejected Jarvis's access token. Your administrator must set AzureBoards:PersonalAccessToken to a valid token that may write work items.");

    public static Error NotFound(string host, string message) => new(
        ErrorKind.NotFound,
        NotFoundCode,
        $"Azure Boards at {host} doesn't know the organisation, the project or its work item type Bug: {message}");

    public static Error Rejected(string host, int status, string message) => new(
        ErrorKind.Invalid,
        "bugs.tracker_refused",
        $"Azure Boards at {host} rejected the report ({status}): {message}");

    /// <summary>Returns the fault of Azure Boards; null if the error concerns only the report.</summary>
    public static ServiceFault? ToServiceFault(Error error) => error.Code switch
    {
        UnreachableCode => new ServiceFault(ServiceFaultKind.Unreachable),
        UnauthorizedCode => new ServiceFault(ServiceFaultKind.Unauthorized),
        NotFoundCode => new ServiceFault(ServiceFaultKind.NotFound),
        TimeoutCode => ServiceFaultMapper.Timeout,
        RateLimitedCode => ServiceFaultMapper.RateLimited,
        FailedCode => new ServiceFault(ServiceFaultKind.Failed, (int?)error.Arguments[1]),
        InvalidResponseCode => ServiceFaultMapper.InvalidResponse,
        _ => null,
    };
}
