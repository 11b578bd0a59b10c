namespace Jarvis.Application.Administration;

/// <summary>The systems outside Jarvis, as whichever process used each of them last saw it. Asks none of them.</summary>
public interface IExternalServices
{
    /// <summary>All that Jarvis knows of, also those that are off. Never throws for a Redis that is away.</summary>
    Task<IReadOnlyList<ExternalService>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Id">Such as <c>azure-boards</c>.</param>
/// <param name="Server">Host and port; null where none is configured.</param>
/// <param name="Settings">The section of the settings that turns it on.</param>
/// <param name="Since">Since when it has been in that state, as far as anybody saw; null where nobody has used it.</param>
/// <param name="SeenAt">When it was used last.</param>
/// <param name="Fault">What is wrong, where it is failing.</param>
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
    /// <summary>Not configured.</summary>
    Off,

    /// <summary>Configured, and not used yet.</summary>
    Unknown,

    Working,

    Failing,
}

/// <param name="Status">Of the HTTP answer, where there was one.</param>
public sealed record ServiceFault(ServiceFaultKind Kind, int? Status = null);

public enum ServiceFaultKind
{
    Unreachable,
    DnsFailure,

    /// <summary>No connection that could be trusted was made.</summary>
    TlsFailure,

    /// <summary>No answer in time.</summary>
    Timeout,

    Unauthorized,

    /// <summary>There were too many requests, or what was paid for is used up.</summary>
    RateLimited,

    /// <summary>What was asked for does not exist there.</summary>
    NotFound,

    /// <summary>An error of its own.</summary>
    Failed,

    /// <summary>Something that is no answer.</summary>
    InvalidResponse,
}
