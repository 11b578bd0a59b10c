using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Persistence;

internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services, string file)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ToString();
        services.AddDbContextPool<SqliteJarvisDbContext>(options => options
            .UseSqlite(connection)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new SqliteConnectionSettings(), new SearchIndexInterceptor()));
        services.AddScoped<JarvisDbContext>(provider => provider.GetRequiredService<SqliteJarvisDbContext>());
        services.AddScoped<IJarvisDb>(provider => provider.GetRequiredService<JarvisDbContext>());
        services.AddSingleton<ITermIndex, SqliteTermIndex>();
        services.AddScoped<IMemoryTextFilter, IndexedMemoryTextFilter>();
        services.AddSingleton<IVectorIndex, SqliteVectorIndex>();
        services.AddScoped<IEmbeddingStore, SqliteEmbeddingStore>();

        return services;
    }
}
