using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

/// <summary>Creates the context for <c>dotnet ef migrations add … --context SqliteJarvisDbContext</c>. It never opens the database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteJarvisDbContext>
{
    public SqliteJarvisDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteJarvisDbContext>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options);
}
