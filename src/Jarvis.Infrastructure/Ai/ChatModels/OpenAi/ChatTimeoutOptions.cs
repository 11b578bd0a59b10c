namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>How much patience Jarvis has with a model.</summary>
internal sealed class ChatTimeoutOptions
{
    public const string Section = "ChatModels";
    public const int MaxRetries = 10;

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the request to the first sign of an answer.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for the local model, which may have to be loaded from disk first.</summary>
    public TimeSpan LocalFirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Between two pieces of an answer.</summary>
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent again that failed before its first token and may succeed the next time.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>How often each provider is looked at.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(30);
}
