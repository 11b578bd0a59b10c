using Jarvis.Application.Conversations;
using Jarvis.Application.Speech;
using Jarvis.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <param name="IsNeeded">Whether Jarvis is of no use without it.</param>
public sealed record HealthCheckResult(string Name, string State, bool IsReady, bool IsNeeded);

/// <summary>Looks at each part that Jarvis stands on, a second at most each.</summary>
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

    /// <summary>The parts as a probe reads them: 200, or 503 where one that is needed is away.</summary>
    public static IResult Report(IReadOnlyList<HealthCheckResult> parts)
    {
        var ready = parts.All(part => part.IsReady || !part.IsNeeded);

        return Results.Json(
            new { status = ready ? "ready" : "unavailable", parts = parts.ToDictionary(part => part.Name, part => new { state = part.State }) },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // From memory: a slow speech server must not make Jarvis look slow.
    private string SpeechState() => speech.LastKnown.Count == 0
        ? "off"
        : string.Join(", ", speech.LastKnown.Select(server => $"{server.Key} {server.Value switch { null => "not checked yet", true => "ready", false => "unavailable" }}"));

    private async Task CheckDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Users.AnyAsync(cancellationToken);
    }

    private static async Task<HealthCheckResult> CheckServiceAsync(string name, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await look(timeout.Token);

            return new HealthCheckResult(name, "ready", IsReady: true, IsNeeded: true);
        }
#pragma warning disable CA1031 // Whatever the driver throws, the part is not ready: that is the answer.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new HealthCheckResult(name, "unavailable", IsReady: false, IsNeeded: true);
        }
    }
}
