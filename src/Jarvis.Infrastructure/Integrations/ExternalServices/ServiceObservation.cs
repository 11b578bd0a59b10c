using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>How a system outside was seen.</summary>
/// <param name="Server">Whom it was seen at: what was seen elsewhere says nothing about where it is now.</param>
/// <param name="Since">When it was first seen like that.</param>
/// <param name="At">When it was last seen.</param>
/// <param name="WorkedAt">When it last worked; null where nobody has seen that.</param>
/// <param name="Fault">Null where it works.</param>
internal sealed record ServiceObservation(string Server, DateTimeOffset Since, DateTimeOffset At, DateTimeOffset? WorkedAt, ServiceFault? Fault)
{
    public static ServiceObservation Create(string server, ServiceFault? fault, DateTimeOffset now) => new(server, now, now, fault is null ? now : null, fault);

    /// <summary>The later of the two, with what it goes on from.</summary>
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

        var goesOn = other.IsFailing == IsFailing && other.Since < Since;

        return this with { Since = goesOn ? other.Since : Since, WorkedAt = WorkedAt > other.WorkedAt ? WorkedAt : other.WorkedAt ?? WorkedAt };
    }

    private bool IsFailing => Fault is not null;
}
