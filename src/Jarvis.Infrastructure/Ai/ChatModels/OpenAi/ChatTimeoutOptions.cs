using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Timeouts and retries for model calls.</summary>
internal sealed class ChatTimeoutOptions
{
    public const string Section = "ChatModels";
    private const string MinTimeout = "00:00:00.001";
    private const string MaxTimeout = "1.00:00:00";
    private const string InvalidTimeout = Section + ":{0} must be longer than zero and at most a day, such as 00:00:30.";

    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = InvalidTimeout)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time from the request to the first token.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = InvalidTimeout)]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time to the first token of the local model, which the server may have to load from disk first.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = InvalidTimeout)]
    public TimeSpan LocalFirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Time between two tokens.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = InvalidTimeout)]
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of retries of a request that failed temporarily before its first token.</summary>
    [Range(0, 10, ErrorMessage = "ChatModels:Retries must be between 0 and 10.")]
    public int Retries { get; set; } = 2;

    /// <summary>Interval between two probes of a provider.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout, ErrorMessage = InvalidTimeout)]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(30);
}
