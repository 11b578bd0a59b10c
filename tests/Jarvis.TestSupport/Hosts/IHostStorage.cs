namespace Jarvis.TestSupport.Hosts;

/// <summary>On what a <see cref="JarvisHost"/> keeps its data: of its own, and gone with it.</summary>
internal interface IHostStorage : IAsyncDisposable
{
    /// <summary>What the configuration says to find it.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Writes down those that Jarvis has made for it.</summary>
    void RegisterSecrets(IServiceProvider web);

    /// <summary>Takes Redis away; what it holds stays for when it comes back.</summary>
    Task StopRedisAsync(IServiceProvider web);

    Task ResumeRedisAsync(IServiceProvider web);
}
