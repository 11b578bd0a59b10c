using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Allows one import per user with a lease that contains the progress. Each report renews it; without reports it expires.</summary>
internal sealed class RedisImportCoordinator(IConnectionMultiplexer redis, ILogger<RedisImportCoordinator> logger) : IImportCoordinator
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly RedisValue[] ProgressFields = ["conversations", "imported", "skipped"];

    private readonly ResilientRedis resilient = new(logger, "imports continue without showing progress");

    public async Task<IImportLease?> TryAcquireAsync(UserId user)
    {
        var lease = new ImportLease(LeaseFor(user), resilient);

        // An outage doesn't prevent imports.
        return await resilient.TryAsync(lease.TryAcquireAsync, fallback: true) ? lease : null;
    }

    public async Task<ImportProgress?> FindAsync(UserId user)
    {
        var figures = await resilient.TryAsync(() => LeaseFor(user).ReadAsync(ProgressFields));

        return figures is [{ HasValue: true } conversations, { HasValue: true } imported, { HasValue: true } skipped]
            ? new ImportProgress((int)conversations, (int)imported, (int)skipped)
            : null;
    }

    private RedisLease LeaseFor(UserId user) => new(redis, $"{{jarvis:import:{user.Value:D}}}", Length);

    private sealed class ImportLease(RedisLease lease, ResilientRedis resilient) : IImportLease
    {
        private readonly string token = Guid.NewGuid().ToString("N");

        public Task<bool> TryAcquireAsync() => lease.TryAcquireAsync(token, values: Format(new ImportProgress(0, 0, 0)));

        // A lease that expired, or that Redis lost, isn't acquired again: the import continues without it.
        public Task ReportAsync(ImportProgress progress) => resilient.TryAsync(() => lease.TryRenewAsync(token, Format(progress)));

        public async ValueTask DisposeAsync() => await resilient.TryAsync(() => lease.ReleaseAsync(token));

        private static RedisValue[] Format(ImportProgress progress) =>
            ["conversations", progress.Conversations, "imported", progress.Imported, "skipped", progress.Skipped];
    }
}
