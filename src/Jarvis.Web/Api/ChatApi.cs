using System.Security.Claims;
using Jarvis.Application.Conversations;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.RateLimiting;
using Jarvis.Web.Rendering;
using MediatR;

namespace Jarvis.Web.Api;

internal static class ChatApi
{
    public static void MapChatApi(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapApi("/chat");
        chat.MapPost("/ask", AskAsync).WithRateLimit(RateLimitPolicies.Chat);
        chat.MapPost("/turns/{turnId:guid}/retry", RetryAsync).WithRateLimit(RateLimitPolicies.Chat);
        chat.MapPost("/turns/{turnId:guid}/stop", StopAsync);
        chat.MapGet("/turns/{turnId:guid}/sentences", SentencesAsync);
        chat.MapGet("/conversations", ListAsync);
        chat.MapGet("/conversations/{id:guid}/turns", TurnsAsync);
        chat.MapPatch("/conversations/{id:guid}", RenameAsync);
        chat.MapDelete("/conversations/{id:guid}", DeleteAsync);
    }

    private static async Task AskAsync(AskBody body, HttpContext context, IMediator mediator, ChatResponseWriter writer)
    {
        var conversation = body.ConversationId is { } id ? new ConversationId(id) : (ConversationId?)null;
        var answer = await mediator.Send(new AskChat(context.User.Id(), conversation, body.Prompt ?? "", Memory: body.Memory), context.RequestAborted);
        await writer.WriteAsync(context, answer);
    }

    private static async Task RetryAsync(Guid turnId, HttpContext context, IMediator mediator, ChatResponseWriter writer)
    {
        var answer = await mediator.Send(new RetryTurn(context.User.Id(), new TurnId(turnId)), context.RequestAborted);
        await writer.WriteAsync(context, answer);
    }

    private static async Task<IResult> StopAsync(Guid turnId, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new StopTurn(user.Id(), new TurnId(turnId)), cancellationToken)).ToHttp();

    private static async Task<IResult> SentencesAsync(Guid turnId, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken)
    {
        var sentences = await mediator.Send(new ListSentences(user.Id(), new TurnId(turnId), ChatResponseWriter.UserLanguage), cancellationToken);

        return sentences.ToHttp(items => new { turnId, items });
    }

    private static async Task<object> ListAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken, int page = 1, string? q = null) =>
        (await mediator.Send(new ListConversations(user.Id(), page, q), cancellationToken)).ToResponse(row => row);

    private static async Task<IResult> TurnsAsync(
        Guid id,
        ClaimsPrincipal user,
        IMediator mediator,
        MarkdownRenderer markdown,
        IErrorText text,
        CancellationToken cancellationToken,
        Guid? before = null,
        int limit = ListTurns.DefaultLimit)
    {
        var beforeTurn = before is { } turn ? new TurnId(turn) : (TurnId?)null;
        var turns = await mediator.Send(new ListTurns(user.Id(), new ConversationId(id), beforeTurn, limit), cancellationToken);

        return turns.ToHttp(page => new { items = page.Items.Select(row => ToResponse(row, markdown, text)), hasMore = page.HasMore });
    }

    private static async Task<IResult> RenameAsync(
        Guid id,
        RenameBody body,
        ClaimsPrincipal user,
        IMediator mediator,
        CancellationToken cancellationToken) =>
        (await mediator.Send(new RenameConversation(user.Id(), new ConversationId(id), body.Title ?? ""), cancellationToken)).ToHttp();

    private static async Task<IResult> DeleteAsync(
        Guid id,
        ClaimsPrincipal user,
        IMediator mediator,
        CancellationToken cancellationToken,
        bool forget = false) =>
        (await mediator.Send(new DeleteConversation(user.Id(), new ConversationId(id), forget), cancellationToken)).ToHttp();

    private static object ToResponse(TurnRow turn, MarkdownRenderer markdown, IErrorText text) => new
    {
        turn.Id,
        turn.Prompt,
        turn.Response,
        responseHtml = turn.Response is null ? null : markdown.Render(turn.Response),
        turn.Status,
        turn.Model,
        turn.UsedTokens,
        turn.Timestamp,
        error = turn.Failure is { Code: { } code, Message: { } message } ? new { code, message = text.For(code, message, turn.Failure.Arguments) } : null,
        Recall = turn.MemoryUsage,
        memories = turn.Memories.Select(ChatResponseWriter.ToResponse),
    };

    private sealed record AskBody(Guid? ConversationId, string? Prompt, bool? Memory);

    private sealed record RenameBody(string? Title);
}
