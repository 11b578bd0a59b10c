using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Application.Pipeline;

public static class ScopeFactoryExtensions
{
    /// <summary>Sends a request in a scope of its own, from code that runs outside a request.</summary>
    public static async Task<T> SendAsync<T>(this IServiceScopeFactory scopes, IRequest<T> request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
