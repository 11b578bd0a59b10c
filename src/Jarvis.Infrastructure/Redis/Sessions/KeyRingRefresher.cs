using System.Security.Cryptography;
using Jarvis.Infrastructure.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Reads the keys again as soon as another process changed them, and when Redis is back, which may have lost them. Otherwise
/// two processes could for a day refuse what the other wrote: sessions, forms, everything.
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
        try
        {
            await redis.GetSubscriber().SubscribeAsync(RedisKeyRepository.Changed, (_, _) => RequestRefresh());
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            // The driver keeps in mind what to listen to.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        redis.ConnectionRestored -= OnRestored;
        await stopping.CancelAsync();
        try
        {
            await redis.GetSubscriber().UnsubscribeAsync(RedisKeyRepository.Changed);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            // Then nothing comes from it either.
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e) => RequestRefresh();

    public void Dispose() => stopping.Dispose();

    // Not on the driver's own thread, which has to bring what is asked for here.
    private void RequestRefresh() => _ = Task.Run(RefreshAsync);

    private async Task RefreshAsync()
    {
        Refresh();
        while (!shared.IsCurrent && !stopping.IsCancellationRequested)
        {
            // Redis was too slow for it, and nobody will tell of the change a second time.
            await Task.Delay(RetryDelay, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Refresh();
        }
    }

    private void Refresh()
    {
        keys.Refresh();
        try
        {
            // The ring is read by its next use. This is one, so that no person's request has to be.
            protector.Protect([]);
        }
        catch (CryptographicException)
        {
            // Redis has left again before the first ring was there; the next use tries again.
        }
    }
}
