namespace Jarvis.Domain.Common;

/// <summary>A row whose work one process at a time leases. If that process stops, another one leases the row when it is due again.</summary>
public interface ILeased : IUserOwned
{
    /// <summary>Number of leases, and fencing token: only the process with the latest number holds the row.</summary>
    int Attempts { get; }

    /// <summary>Time from which a process can lease the row. A lease and a failed attempt postpone it.</summary>
    DateTimeOffset DueAt { get; }
}
