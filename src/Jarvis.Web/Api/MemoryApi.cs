using System.Security.Claims;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Uploads;
using MediatR;
using Microsoft.AspNetCore.Mvc;

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
        memory.MapGet("/export", ExportAsync);
        memory.MapPost("/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(MemoryFileReader.MaxBytes));
        memory.MapGet("/status", StatusAsync);
        memory.MapPost("/retry", RetryAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user,
        IMediator mediator,
        CancellationToken cancellationToken,
        string? q = null,
        string? kind = null,
        string? state = null,
        int page = 1)
    {
        if (!TryParse<MemoryKind>(kind, out var kindFilter))
        {
            return ApiResults.ToProblem("kind", WebErrors.KindUnknown);
        }

        if (!TryParse<MemoryTimeFilter>(state, out var timeFilter))
        {
            return ApiResults.ToProblem("state", WebErrors.MemoryStateUnknown);
        }

        var past = timeFilter is null ? (bool?)null : timeFilter == MemoryTimeFilter.Past;
        var memories = await mediator.Send(new ListMemories(user.Id(), page, q, kindFilter, past), cancellationToken);

        return Results.Json(memories.ToResponse(row => new
        {
            row.Id,
            row.Kind,
            row.Content,
            row.Salience,
            turnId = row.SourceTurnId,
            row.ConversationId,
            row.CreatedAt,
            row.EditedAt,
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
        (await mediator.Send(new ForgetMemory(user.Id(), new MemoryItemId(id)), cancellationToken)).Error is { } error
            ? ApiResults.ToProblem(error)
            : Results.NoContent();

    private static async Task<IResult> ExportAsync(ClaimsPrincipal user, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var export = await mediator.Send(new ExportMemory(user.Id()), cancellationToken);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"jarvis-memories-{export.ExportedAt:yyyy-MM-dd}.json\"";

        return Results.Json(export);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, IMediator mediator, MemoryFileReader files, CancellationToken cancellationToken)
    {
        var file = await files.ReadAsync(context.Request.Body, cancellationToken);
        var imported = await mediator.Send(new ImportMemory(context.User.Id(), file), cancellationToken);

        return imported.ToHttp(counts => counts);
    }

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

    private static async Task<IResult> StatusAsync(
        Guid conversationId,
        ClaimsPrincipal user,
        IMediator mediator,
        IErrorText text,
        CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetMemoryStatus(user.Id(), new ConversationId(conversationId)), cancellationToken);

        return found.ToHttp(status => new
        {
            status.State,
            status.TurnsBehind,
            lastError = status.LastError is { } error ? text.For(error.Code, error.Message, error.Arguments) : null,
            lastErrorCode = status.LastError?.Code,
            status.Extractor,
            status.WithoutMemory,
        });
    }

    private static async Task<IResult> RetryAsync(RetryBody body, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RetryMemory(user.Id(), new ConversationId(body.ConversationId)), cancellationToken)).ToHttp();

    /// <summary>Empty means "not set"; numeric values are rejected.</summary>
    private static bool TryParse<TEnum>(string? name, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = Names.Parse<TEnum>(name);

        return value is not null || string.IsNullOrEmpty(name);
    }

    private enum MemoryTimeFilter
    {
        Current,
        Past,
    }

    private sealed record EditBody(string? Content, bool? Pinned);

    private sealed record SearchBody(string? Query, int? BudgetChars, Guid? ConversationId);

    private sealed record RetryBody(Guid ConversationId);
}
