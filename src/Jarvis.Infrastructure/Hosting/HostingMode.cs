using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>Where Jarvis keeps its data, and who else works on it. Which mode runs is decided once, at the start, and said in the log.</summary>
public abstract class HostingMode : IAsyncDisposable
{
    private const string Key = "Jarvis:Mode";

    /// <summary>As it is called in the configuration, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Where the data lies, for the log: no secrets.</summary>
    public abstract string Data { get; }

    /// <summary>Whether this process is the only one on its data, and so has to do everything itself.</summary>
    public abstract bool IsSingleProcess { get; }

    /// <summary>For StackExchange.Redis. Secret: it holds the password.</summary>
    internal abstract string Redis { get; }

    internal abstract void AddDatabase(IServiceCollection services);

    /// <exception cref="StartupException">The configuration contradicts itself, or what the mode needs cannot be had.</exception>
    public static HostingMode Start(IConfiguration configuration)
    {
        var chosen = configuration[Key] is { Length: > 0 } value ? value : "Auto";
        var servers = new[] { ServerMode.PostgresKey, ServerMode.RedisKey }.Where(key => configuration[key] is { Length: > 0 }).ToList();

        return chosen.ToUpperInvariant() switch
        {
            "EMBEDDED" => EmbeddedMode.Start(configuration),
            "SERVER" => ServerMode.Start(configuration),
            "AUTO" when servers.Count == 0 => EmbeddedMode.Start(configuration),
            "AUTO" => ServerMode.Start(configuration),
            _ => throw new StartupException($"{Key} is “{chosen}”. Set it to Auto, Embedded or Server."),
        };
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        return ValueTask.CompletedTask;
    }
}
