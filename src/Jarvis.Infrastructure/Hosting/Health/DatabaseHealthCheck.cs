using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Infrastructure.Hosting.Health;

internal sealed class DatabaseHealthCheck(JarvisDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await db.Users.AnyAsync(cancellationToken);

        return HealthCheckResult.Healthy();
    }
}
