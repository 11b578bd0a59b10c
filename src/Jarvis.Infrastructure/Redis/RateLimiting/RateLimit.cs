using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>So many at once, and as many in each period: what was used grows back evenly.</summary>
public sealed class RateLimit
{
    [Range(1, 1_000_000, ErrorMessage = "Permits must be between 1 and 1000000.")]
    public int Permits { get; set; }

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Per must be between one second and one day, such as 00:01:00.")]
    public TimeSpan Per { get; set; }
}
