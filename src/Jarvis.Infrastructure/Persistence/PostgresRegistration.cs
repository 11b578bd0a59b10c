using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Persistence.Postgres;
using Jarvis.Infrastructure.Persistence.Search;
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
        services.AddSingleton(_ => BuildDataSource(WithDefaults(connectionString)));
        services.AddDbContextPool<PostgresJarvisDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), Configure)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new SearchIndexInterceptor()));
        services.AddScoped<JarvisDbContext>(provider => provider.GetRequiredService<PostgresJarvisDbContext>());
        services.AddScoped<IJarvisDb>(provider => provider.GetRequiredService<JarvisDbContext>());
        services.AddSingleton<ITermIndex, PostgresTermIndex>();
        services.AddScoped<IMemoryTextFilter, IndexedMemoryTextFilter>();
        services.AddSingleton<IVectorIndex, PostgresVectorIndex>();
        services.AddScoped<IEmbeddingStore, PostgresEmbeddingStore>();

        return services;
    }

    /// <summary>Adds the types of pgvector, and limits the generated SQL to what the oldest supported server understands.</summary>
    internal static void Configure(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.UseVector().SetPostgresVersion(MinServerVersion);

    private static NpgsqlDataSource BuildDataSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UseVector();

        return builder.Build();
    }

    // A setting in the connection string takes precedence.
    private static string WithDefaults(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetDefault("Application Name", "jarvis");

        // A user waits for the response, so an unavailable server is reported soon.
        SetDefault("Timeout", 3);
        SetDefault("Command Timeout", 15);

        // A few statements are most of the work. Parsing and planning them each time would be half of their cost.
        SetDefault("Max Auto Prepare", 60);

        // Jarvis changes no session state, so a pooled connection needs no reset.
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
