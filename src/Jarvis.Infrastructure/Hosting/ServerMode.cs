using System.Net;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>Several web and worker processes that share one PostgreSQL and one Redis.</summary>
internal sealed class ServerMode : HostingMode
{
    internal const string PostgresKey = "ConnectionStrings:Postgres";
    internal const string RedisKey = "ConnectionStrings:Redis";

    private readonly NpgsqlConnectionStringBuilder postgres;

    private ServerMode(NpgsqlConnectionStringBuilder postgres, ConfigurationOptions redis)
    {
        this.postgres = postgres;
        Redis = redis.ToString(includePassword: true);
        Data = $"PostgreSQL at {postgres.Host}:{postgres.Port}, database {postgres.Database}; Redis at {string.Join(", ", redis.EndPoints.Select(Describe))}";
    }

    public override string Name => "server";

    public override string Data { get; }

    public override bool IsSingleProcess => false;

    internal override string Redis { get; }

    /// <exception cref="StartupException">A connection string is missing or invalid.</exception>
    internal static new ServerMode Start(IConfiguration configuration) => new(
        Read(configuration, PostgresKey, "Host=…;Username=…;Password=…;Database=…", value => new NpgsqlConnectionStringBuilder(value) is { Host.Length: > 0 } read
            ? read
            : throw new ArgumentException("the host is missing")),
        Read(configuration, RedisKey, "host:6379,password=…", value => ConfigurationOptions.Parse(value) is { EndPoints.Count: > 0 } read
            ? read
            : throw new ArgumentException("the host is missing")));

    internal override void AddDatabase(IServiceCollection services) => services.AddPostgres(postgres.ToString());

    private static T Read<T>(IConfiguration configuration, string key, string form, Func<string, T> read)
    {
        if (configuration[key] is not { Length: > 0 } value)
        {
            throw new StartupException(
                $"Server mode needs {PostgresKey} and {RedisKey}, but {key} is missing: set it ({form}), or set Jarvis:Mode to Embedded.");
        }

        try
        {
            return read(value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // Without the value and the parser's message, because both may contain the password.
            throw new StartupException($"{key} can't be parsed: it must have the form {form}.");
        }
    }

    private static string Describe(EndPoint server) => server is DnsEndPoint named ? $"{named.Host}:{named.Port}" : server.ToString() ?? "";
}
