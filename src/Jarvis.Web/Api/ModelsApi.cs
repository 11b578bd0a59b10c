using Jarvis.Application.Conversations;
using MediatR;

namespace Jarvis.Web.Api;

internal static class ModelsApi
{
    public static void MapModelsApi(this IEndpointRouteBuilder routes) =>
        routes.MapApi("/models").MapGet("", (IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new ListModels(), cancellationToken));
}
