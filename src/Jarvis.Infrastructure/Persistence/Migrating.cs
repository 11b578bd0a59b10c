using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Persistence;

public static class Migrating
{
    /// <summary>Brings the database to this version's form; does nothing where it has it.</summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Database.MigrateAsync();
    }
}
