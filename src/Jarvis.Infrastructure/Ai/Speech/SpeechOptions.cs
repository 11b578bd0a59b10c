using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Which voices there are, and how much patience Jarvis has with a speech server.</summary>
internal sealed class SpeechOptions
{
    public const string Section = "Speech";
    private const string MinTimeout = "00:00:00.001";
    private const string MaxTimeout = "01:00:00";

    /// <summary>A file in the form of <c>data/speaches-voices.json</c> that takes its place.</summary>
    public string? VoicesFile { get; set; }

    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:ConnectTimeout must be longer than zero and at most an hour, such as 00:00:03.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>From the request to the first sound: a model may have to be loaded, and some speak only when they have thought it all out.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:FirstByteTimeout must be longer than zero and at most an hour, such as 00:00:30.")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pieces of a sound.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:IdleTimeout must be longer than zero and at most an hour, such as 00:00:15.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>From the first sound to the last.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:MaxDuration must be longer than zero and at most an hour, such as 00:03:00.")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Of one sound. The longest text, spoken slowly as an unpacked WAV, takes about 30 MB.</summary>
    [Range(1024, 1024 * 1024 * 1024, ErrorMessage = "Speech:MaxBytes must be between 1024 and 1073741824.")]
    public int MaxBytes { get; set; } = 32 * 1024 * 1024;
}
