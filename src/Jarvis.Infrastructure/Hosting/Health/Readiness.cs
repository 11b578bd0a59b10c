using Jarvis.Application.Conversations;
using Jarvis.Application.Speech;
using Jarvis.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <param name="IsNeeded">True if Jarvis cannot work without the dependency.</param>
public sealed record HealthCheckResult(string Name, string State, bool IsReady, bool IsNeeded);

/// <summary>Checks the dependencies of Jarvis, each for at most a second.</summary>
public sealed class Readiness(IServiceScopeFactory scopes, IConnectionMultiplexer redis, IChatModelCatalog models, ISpeechProviders speech)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<HealthCheckResult>> CheckAsync(CancellationToken cancellationToken) =>
    [
        await CheckServiceAsync("database", CheckDatabaseAsync, cancellationToken),
        await CheckServiceAsync("redis", async token => await redis.GetDatabase().PingAsync().WaitAsync(token), cancellationToken),
        new HealthCheckResult("model", models.Find(id: null).Value.Description.Id, IsReady: true, IsNeeded: false),
        new HealthCheckResult("speech", SpeechState(), IsReady: true, IsNeeded: false),
    ];

    /// <summary>Returns the response to a probe: 200, or 503 if a needed dependency is unavailable.</summary>
    public static IResult Report(IReadOnlyList<HealthCheckResult> parts)
    {
        var ready = parts.All(part => part.IsReady || !part.IsNeeded);

        return Results.Json(
            new { status = ready ? "ready" : "unavailable", parts = parts.ToDictionary(part => part.Name, part => new { state = part.State }) },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // The last known state: a slow speech server must not delay the response.
    private string SpeechState() => speech.LastKnown.Count == 0
        ? "off"
        : string.Join(", ", speech.LastKnown.Select(server => $"{server.Key} {server.Value switch { null => "not checked yet", true => "ready", false => "unavailable" }}"));

    private async Task CheckDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Users.AnyAsync(cancellationToken);
    }

    private static async Task<HealthCheckResult> CheckServiceAsync(string name, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await check(timeout.Token);

            return new HealthCheckResult(name, "ready", IsReady: true, IsNeeded: true);
        }
#pragma warning disable CA1031 // After any exception of the driver the dependency isn't ready.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new HealthCheckResult(name, "unavailable", IsReady: false, IsNeeded: true);
        }
    }
}
