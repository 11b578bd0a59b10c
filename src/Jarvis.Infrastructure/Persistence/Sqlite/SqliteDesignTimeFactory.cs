using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

/// <summary>For <c>dotnet ef migrations add … --context SqliteJarvisDbContext</c>; the database itself is never opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteJarvisDbContext>
{
    public SqliteJarvisDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteJarvisDbContext>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options);
}
