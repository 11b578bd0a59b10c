using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Lifetime and size of the audio cache in Redis.</summary>
internal sealed class SpeechCacheOptions
{
    public const string Section = "Speech:Cache";

    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ErrorMessage = "Speech:Cache:Expiry must be between a second and a year, such as 7.00:00:00.")]
    public TimeSpan Expiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Maximum size of one cached audio; longer audio isn't cached. 0 turns the cache off. The embedded Redis holds values of up to
    /// 1 MB.
    /// </summary>
    [Range(0, 64 * 1024 * 1024, ErrorMessage = "Speech:Cache:MaxEntryBytes must be between 0 and 67108864.")]
    public int MaxEntryBytes { get; set; } = 1_000_000;

    /// <summary>
    /// Maximum size of all cached audio; the oldest is evicted first. The cache shares the memory of Redis with the queue.
    /// </summary>
    [Range(0, 1024L * 1024 * 1024 * 1024, ErrorMessage = "Speech:Cache:MaxTotalBytes must not be negative.")]
    public long MaxTotalBytes { get; set; } = 32 * 1024 * 1024;
}
