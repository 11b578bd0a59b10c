using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>Observed state of an external service.</summary>
/// <param name="Server">Host and port that were called. An observation says nothing about a server that is configured later.</param>
/// <param name="Since">Time of the first observation of this state.</param>
/// <param name="At">Time of the last observation.</param>
/// <param name="WorkedAt">Time of the last success; null if there was none.</param>
/// <param name="Fault">Null after a success.</param>
internal sealed record ServiceObservation(string Server, DateTimeOffset Since, DateTimeOffset At, DateTimeOffset? WorkedAt, ServiceFault? Fault)
{
    public static ServiceObservation Create(string server, ServiceFault? fault, DateTimeOffset now) => new(server, now, now, fault is null ? now : null, fault);

    /// <summary>Returns the later of two observations, with the earlier start if the state is the same.</summary>
    public ServiceObservation Merge(ServiceObservation? other)
    {
        if (other is null || other.Server != Server)
        {
            return this;
        }

        if (other.At > At)
        {
            return other.Merge(this);
        }

        var continues = other.IsFailing == IsFailing && other.Since < Since;

        return this with { Since = continues ? other.Since : Since, WorkedAt = WorkedAt > other.WorkedAt ? WorkedAt : other.WorkedAt ?? WorkedAt };
    }

    private bool IsFailing => Fault is not null;
}
