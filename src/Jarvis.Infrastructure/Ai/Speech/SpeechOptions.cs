using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Voice catalogue, timeouts and limits of the speech servers.</summary>
internal sealed class SpeechOptions : IValidatableObject
{
    public const string Section = "Speech";
    private const string MinTimeout = "00:00:00.001";
    private const string MaxTimeout = "01:00:00";

    /// <summary>Path of a custom voice catalogue, in the format of <c>data/speaches-voices.json</c>.</summary>
    public string? VoicesFile { get; set; }

    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:ConnectTimeout must be longer than zero and at most an hour, such as 00:00:03.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Time from the request to the first byte. The server may have to load the model, and some models send audio only when all of
    /// it is ready.
    /// </summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:FirstByteTimeout must be longer than zero and at most an hour, such as 00:00:30.")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two chunks.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:IdleTimeout must be longer than zero and at most an hour, such as 00:00:15.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time from the first byte to the last.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = "Speech:MaxDuration must be longer than zero and at most an hour, such as 00:03:00.")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Maximum size of one audio stream. The longest text, at the slowest speed and as uncompressed WAV, takes about 30 MB.
    /// </summary>
    [Range(1024, 1024 * 1024 * 1024, ErrorMessage = "Speech:MaxBytes must be between 1024 and 1073741824.")]
    public int MaxBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Returns the line of the voice catalogue that is invalid.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        try
        {
            VoiceCatalogFile.Read(VoicesFile);

            return [];
        }
        catch (StartupException exception)
        {
            return [new ValidationResult(exception.Message)];
        }
    }
}
