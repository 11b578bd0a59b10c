using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>Size of a token bucket and the time in which it refills evenly.</summary>
public sealed class RateLimit
{
    [Range(1, 1_000_000, ErrorMessage = "Permits must be between 1 and 1000000.")]
    public int Permits { get; set; }

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Per must be between one second and one day, such as 00:01:00.")]
    public TimeSpan Per { get; set; }
}
