using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>What was spoken before is kept in Redis for a while.</summary>
internal sealed class SpeechCacheOptions
{
    public const string Section = "Speech:Cache";

    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ErrorMessage = "Speech:Cache:Expiry must be between a second and a year, such as 7.00:00:00.")]
    public TimeSpan Expiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A longer sound is not kept; 0 turns the cache off. The embedded Redis holds values of up to 1 MB.</summary>
    [Range(0, 64 * 1024 * 1024, ErrorMessage = "Speech:Cache:MaxEntryBytes must be between 0 and 67108864.")]
    public int MaxEntryBytes { get; set; } = 1_000_000;

    /// <summary>Of all sounds together: the oldest go first. It shares Redis's memory with the queue, which needs its own.</summary>
    [Range(0, 1024L * 1024 * 1024 * 1024, ErrorMessage = "Speech:Cache:MaxTotalBytes must not be negative.")]
    public long MaxTotalBytes { get; set; } = 32 * 1024 * 1024;
}
