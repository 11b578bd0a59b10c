using Jarvis.Infrastructure.Hosting.Health;

namespace Jarvis.Web.Api;

internal static class HealthApi
{
    public static void MapHealthApi(this IEndpointRouteBuilder routes) => routes.MapApi("/health").AllowAnonymous().MapHealth();
}
