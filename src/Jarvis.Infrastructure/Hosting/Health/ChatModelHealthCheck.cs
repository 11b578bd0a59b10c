using Jarvis.Application.Conversations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <summary>Reports the default chat model. It is always healthy, because the built-in responder answers when no server does.</summary>
internal sealed class ChatModelHealthCheck(IChatModelCatalog models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(models.Find(id: null).Value.Description.Id));
}
