namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Settings of a server with OpenAI's <c>/v1/audio/speech</c>.</summary>
internal abstract class SpeechServerOptions
{
    /// <summary>Address of the server, with or without a trailing <c>/v1</c>. If it is empty, the server is off.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Secret; most servers don't require a key.</summary>
    public string? ApiKey { get; set; }
}
