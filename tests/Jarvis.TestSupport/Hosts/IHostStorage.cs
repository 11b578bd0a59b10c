namespace Jarvis.TestSupport.Hosts;

/// <summary>Storage of one <see cref="JarvisHost"/>, deleted when it is disposed.</summary>
internal interface IHostStorage : IAsyncDisposable
{
    /// <summary>Settings that make Jarvis use this storage.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Registers the secrets that Jarvis generated for this storage.</summary>
    void RegisterSecrets(IServiceProvider web);

    /// <summary>Makes Redis unavailable; its data survives until it resumes.</summary>
    Task StopRedisAsync(IServiceProvider web);

    Task ResumeRedisAsync(IServiceProvider web);
}
