using System.Security.Claims;
using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using MediatR;

namespace Jarvis.Web.Api;

internal static class MemoryApi
{
    public static void MapMemoryApi(this IEndpointRouteBuilder routes)
    {
        var memory = routes.MapApi("/memory");
        memory.MapGet("/items", ListAsync);
        memory.MapPatch("/items/{id:guid}", EditAsync);
        memory.MapDelete("/items/{id:guid}", ForgetAsync);
        memory.MapPost("/search", SearchAsync);
        memory.MapGet("/status", StatusAsync);
        memory.MapPost("/retry", RetryAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user,
        IMediator mediator,
        CancellationToken cancellationToken,
        string? q = null,
        string? kind = null,
        int page = 1)
    {
        if (!TryParse<MemoryKind>(kind, out var wanted))
        {
            return Answers.Refuse("kind", WebErrors.KindUnknown);
        }

        var memories = await mediator.Send(new ListMemories(user.Id(), page, q, wanted), cancellationToken);

        return Results.Json(memories.Shown(row => new
        {
            row.Id,
            row.Kind,
            row.Content,
            row.Salience,
            turnId = row.SourceTurnId,
            row.ConversationId,
            row.CreatedAt,
            row.ValidFrom,
            row.ValidTo,
            row.SupersededBy,
            row.Pinned,
        }));
    }

    private static async Task<IResult> EditAsync(
        Guid id,
        EditBody body,
        ClaimsPrincipal user,
        IMediator mediator,
        CancellationToken cancellationToken) =>
        (await mediator.Send(new EditMemory(user.Id(), new MemoryItemId(id), body.Content, body.Pinned), cancellationToken)).ToHttp();

    private static async Task<IResult> ForgetAsync(Guid id, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ForgetMemory(user.Id(), new MemoryItemId(id)), cancellationToken)).ToHttp();

    private static async Task<IResult> SearchAsync(SearchBody body, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken)
    {
        var conversation = body.ConversationId is { } id ? new ConversationId(id) : (ConversationId?)null;
        var hits = await mediator.Send(
            new SearchMemory(user.Id(), body.Query ?? "", body.BudgetChars ?? MemoryQuery.DefaultBudget, conversation),
            cancellationToken);

        return hits.ToHttp(found => new
        {
            items = found.Select(hit => new
            {
                hit.Source,
                hit.Content,
                hit.Score,
                turnId = hit.Turn,
                hit.ExternalId,
                conversationId = hit.Conversation,
                hit.At,
            }),
            chars = found.Sum(hit => hit.Content.Length),
        });
    }

    private static async Task<IResult> StatusAsync(Guid conversationId, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new GetMemoryStatus(user.Id(), new ConversationId(conversationId)), cancellationToken)).ToHttp(status => status);

    private static async Task<IResult> RetryAsync(RetryBody body, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RetryMemory(user.Id(), new ConversationId(body.ConversationId)), cancellationToken)).ToHttp();

    /// <summary>Nothing is no wish; a number is no name.</summary>
    private static bool TryParse<TEnum>(string? name, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = Enum.TryParse<TEnum>(name, ignoreCase: true, out var parsed) && !char.IsDigit(name![0]) ? parsed : null;

        return value is not null || string.IsNullOrEmpty(name);
    }

    private sealed record EditBody(string? Content, bool? Pinned);

    private sealed record SearchBody(string? Query, int? BudgetChars, Guid? ConversationId);

    private sealed record RetryBody(Guid ConversationId);
}
