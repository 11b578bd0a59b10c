using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Jarvis.Infrastructure.Persistence.Postgres;

/// <summary>For <c>dotnet ef migrations add … --context PostgresJarvisDbContext</c>; the database itself is never opened.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresJarvisDbContext>
{
    public PostgresJarvisDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresJarvisDbContext>().UseNpgsql("Host=localhost", PostgresRegistration.Oldest).UseSnakeCaseNamingConvention().Options);
}
