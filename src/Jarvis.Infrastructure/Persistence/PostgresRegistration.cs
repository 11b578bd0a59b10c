using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Jarvis.Infrastructure.Persistence;

internal static class PostgresRegistration
{
    private static readonly Version MinServerVersion = new(13, 0);

    public static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(WithDefaults(connectionString)).Build());
        services.AddDbContextPool<PostgresJarvisDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), Oldest)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new SearchIndexInterceptor()));
        services.AddScoped<JarvisDbContext>(provider => provider.GetRequiredService<PostgresJarvisDbContext>());
        services.AddScoped<IJarvisDb>(provider => provider.GetRequiredService<JarvisDbContext>());
        services.AddSingleton<ITermIndex, PostgresTermIndex>();
        services.AddScoped<IMemoryTextFilter, IndexedMemoryTextFilter>();
        services.AddMemorySearch();
        services.AddVectors<PostgresVectorIndex, PostgresEmbeddingStore>();

        return services;
    }

    /// <summary>SQL that also the oldest server understands.</summary>
    internal static void Oldest(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.SetPostgresVersion(MinServerVersion);

    // Whoever writes the connection string may say otherwise.
    private static string WithDefaults(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetDefault("Application Name", "jarvis");

        // A person waits: a server that is away is better told than waited for.
        SetDefault("Timeout", 3);
        SetDefault("Command Timeout", 15);

        // Few statements make most of the work; parsing and planning them each time is half of their cost.
        SetDefault("Max Auto Prepare", 60);

        // Nothing here changes a session's state, so there is nothing to reset before each command.
        SetDefault("No Reset On Close", true);

        return settings.ToString();

        void SetDefault(string key, object value)
        {
            if (!settings.ShouldSerialize(key))
            {
                settings[key] = value;
            }
        }
    }
}
