using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>Storage of Jarvis, and whether several processes share it. The mode is chosen at startup and logged.</summary>
public abstract class HostingMode : IAsyncDisposable
{
    private const string Key = "Jarvis:Mode";

    /// <summary>Name in the configuration, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Location of the data, for the log. Contains no secrets.</summary>
    public abstract string Data { get; }

    /// <summary>True if no other process uses the data, so that this one also runs the background work.</summary>
    public abstract bool IsSingleProcess { get; }

    /// <summary>Connection string for StackExchange.Redis. Secret: contains the password.</summary>
    internal abstract string Redis { get; }

    internal abstract void AddDatabase(IServiceCollection services);

    /// <exception cref="StartupException">The configuration is inconsistent, or a requirement of the mode isn't met.</exception>
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
