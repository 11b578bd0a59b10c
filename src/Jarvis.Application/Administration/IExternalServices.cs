namespace Jarvis.Application.Administration;

/// <summary>
/// Reports the state of external services, as the process that used each service last saw it. Does not call the services.
/// </summary>
public interface IExternalServices
{
    /// <summary>Returns all known services, including disabled ones. Does not throw if Redis is unavailable.</summary>
    Task<IReadOnlyList<ExternalService>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Id">For example <c>azure-boards</c>.</param>
/// <param name="Server">Host and port; null if the service is not configured.</param>
/// <param name="Settings">Settings section that enables the service.</param>
/// <param name="Since">Time at which the current state was first observed; null if the service was never used.</param>
/// <param name="SeenAt">Time of the last use.</param>
/// <param name="Fault">Error of a failing service.</param>
public sealed record ExternalService(
    string Id,
    string? Server,
    string Settings,
    ServiceStatus State,
    DateTimeOffset? Since = null,
    DateTimeOffset? SeenAt = null,
    ServiceFault? Fault = null);

public enum ServiceStatus
{
    /// <summary>The service is not configured.</summary>
    Off,

    /// <summary>The service is configured and was not used yet.</summary>
    Unknown,

    Working,

    Failing,
}

/// <param name="Status">HTTP status code, if the service responded.</param>
public sealed record ServiceFault(ServiceFaultKind Kind, int? Status = null);

public enum ServiceFaultKind
{
    Unreachable,
    DnsFailure,

    /// <summary>A trusted connection could not be established.</summary>
    TlsFailure,

    /// <summary>The service did not respond in time.</summary>
    Timeout,

    Unauthorized,

    /// <summary>The rate limit or the quota of the service is exhausted.</summary>
    RateLimited,

    /// <summary>The requested resource does not exist.</summary>
    NotFound,

    /// <summary>The service returned an internal error.</summary>
    Failed,

    /// <summary>The service returned an invalid response.</summary>
    InvalidResponse,
}
