using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>A permit, or its refusal. There is nothing to give back: what was used grows back by itself.</summary>
public sealed class PermitLease : RateLimitLease
{
    private readonly TimeSpan? retryAfter;

    private PermitLease(bool isAcquired, TimeSpan? retryAfter) => (IsAcquired, this.retryAfter) = (isAcquired, retryAfter);

    public static PermitLease Acquired { get; } = new(isAcquired: true, retryAfter: null);

    /// <summary>Only who asks asynchronously can be told: the bucket lies elsewhere.</summary>
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
