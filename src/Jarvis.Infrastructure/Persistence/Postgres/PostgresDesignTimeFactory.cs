using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Jarvis.Infrastructure.Persistence.Postgres;

/// <summary>Creates the context for <c>dotnet ef migrations add … --context PostgresJarvisDbContext</c>. It never opens the database.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresJarvisDbContext>
{
    public PostgresJarvisDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresJarvisDbContext>().UseNpgsql("Host=localhost", PostgresRegistration.Configure).UseSnakeCaseNamingConvention().Options);
}
