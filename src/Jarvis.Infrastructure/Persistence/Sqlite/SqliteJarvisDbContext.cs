using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteJarvisDbContext(DbContextOptions<SqliteJarvisDbContext> options) : JarvisDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
    }
}
