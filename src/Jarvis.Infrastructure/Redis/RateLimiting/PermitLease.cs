using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>Result of a request for a permit. Disposal returns nothing, because buckets refill over time.</summary>
public sealed class PermitLease : RateLimitLease
{
    private readonly TimeSpan? retryAfter;

    private PermitLease(bool isAcquired, TimeSpan? retryAfter) => (IsAcquired, this.retryAfter) = (isAcquired, retryAfter);

    public static PermitLease Acquired { get; } = new(isAcquired: true, retryAfter: null);

    /// <summary>Result of synchronous calls, which can't ask Redis.</summary>
    public static PermitLease NotAvailable { get; } = new(isAcquired: false, retryAfter: null);

    public static PermitLease RejectedFor(TimeSpan time) => new(isAcquired: false, time);

    public override bool IsAcquired { get; }

    public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;

        return metadata is not null;
    }
}
