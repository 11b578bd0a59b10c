namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Where a server with OpenAI's <c>/v1/audio/speech</c> is.</summary>
internal abstract class SpeechServerOptions
{
    /// <summary>With or without <c>/v1</c> at its end; without an address the server is off.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Secret; most servers need none.</summary>
    public string? ApiKey { get; set; }
}
