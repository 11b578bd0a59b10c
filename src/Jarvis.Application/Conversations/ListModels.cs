using MediatR;

namespace Jarvis.Application.Conversations;

public sealed record ListModels : IRequest<IReadOnlyList<ChatModelDescription>>;

internal sealed class ListModelsHandler(IChatModelCatalog models) : IRequestHandler<ListModels, IReadOnlyList<ChatModelDescription>>
{
    public Task<IReadOnlyList<ChatModelDescription>> Handle(ListModels request, CancellationToken cancellationToken) =>
        Task.FromResult(models.List());
}
