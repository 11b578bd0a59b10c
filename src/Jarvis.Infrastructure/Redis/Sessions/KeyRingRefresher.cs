using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Reloads the data protection keys when another process changed them, and when the connection is restored, because Redis may have
/// lost them. Otherwise two processes could reject each other's cookies and forms for up to a day.
/// </summary>
internal sealed class KeyRingRefresher(
    IConnectionMultiplexer redis,
    RefreshableKeyManager keys,
    RedisKeyRepository shared,
    IDataProtectionProvider protection,
    TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly IDataProtector protector = protection.CreateProtector("Jarvis.Keys");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        redis.ConnectionRestored += OnRestored;

        // During an outage the driver remembers the subscription.
        await ResilientRedis.Silent.TryAsync(() => redis.GetSubscriber().SubscribeAsync(RedisKeyRepository.Changed, (_, _) => RequestRefresh()));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        redis.ConnectionRestored -= OnRestored;
        await stopping.CancelAsync();
        await ResilientRedis.Silent.TryAsync(() => redis.GetSubscriber().UnsubscribeAsync(RedisKeyRepository.Changed));
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e) => RequestRefresh();

    public void Dispose() => stopping.Dispose();

    // Not on the driver's thread, which must deliver the responses that the refresh waits for.
    private void RequestRefresh() => _ = Task.Run(RefreshAsync);

    private async Task RefreshAsync()
    {
        Refresh();
        while (!shared.IsCurrent && !stopping.IsCancellationRequested)
        {
            // Redis didn't respond in time, and the notification isn't sent a second time.
            await Task.Delay(RetryDelay, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Refresh();
        }
    }

    private void Refresh()
    {
        keys.Refresh();
        try
        {
            // Loads the key ring now, so that the next request of a user doesn't have to.
            protector.Protect([]);
        }
        catch (CryptographicException)
        {
            // Redis became unavailable before the first key ring was loaded. The next use tries again.
        }
    }
}
