namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Timeouts and retries for model calls.</summary>
internal sealed class ChatTimeoutOptions
{
    public const string Section = "ChatModels";
    public const int MaxRetries = 10;

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time from the request to the first token.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time to the first token of the local model, which the server may have to load from disk first.</summary>
    public TimeSpan LocalFirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Time between two tokens.</summary>
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of retries of a request that failed temporarily before its first token.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Interval between two probes of a provider.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(30);
}
