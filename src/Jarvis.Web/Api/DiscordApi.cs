using System.Security.Claims;
using Jarvis.Application.Discord;
using Jarvis.Web.Accounts;
using Jarvis.Web.Discord;
using Jarvis.Web.Errors;
using MediatR;

namespace Jarvis.Web.Api;

internal static class DiscordApi
{
    public static void MapDiscordApi(this IEndpointRouteBuilder routes)
    {
        var discord = routes.MapApi("/discord");
        discord.MapPost("/interactions", InteractAsync).AllowAnonymous();
        discord.MapDelete("/link", UnlinkAsync);
    }

    // The body is not bound to a type because the signature covers the raw bytes.
    private static async Task InteractAsync(
        HttpContext context,
        IInteractionSignatureVerifier verifier,
        InteractionHandler handler,
        DiscordQuestionWorker worker,
        CancellationToken cancellationToken)
    {
        if (!verifier.IsConfigured)
        {
            await ProblemDetailsFactory.WriteAsync(context, DiscordErrors.InteractionsOff);

            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var headers = context.Request.Headers;
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (!verifier.IsSigned(headers["X-Signature-Ed25519"], headers["X-Signature-Timestamp"], bytes.Span))
        {
            await ProblemDetailsFactory.WriteAsync(context, DiscordErrors.InvalidSignature);

            return;
        }

        if (Interaction.Read(bytes.Span) is not { } interaction)
        {
            await ProblemDetailsFactory.WriteAsync(context, WebErrors.Malformed);

            return;
        }

        if (!await verifier.IsFirstAsync(interaction.Id, cancellationToken))
        {
            await ProblemDetailsFactory.WriteAsync(context, DiscordErrors.Replayed);

            return;
        }

        var (response, question) = await handler.RespondAsync(interaction, $"{context.Request.Scheme}://{context.Request.Host}", cancellationToken);
        await context.Response.WriteAsJsonAsync(response, cancellationToken);
        await context.Response.CompleteAsync();
        if (question is not null)
        {
            worker.Enqueue(question);
        }
    }

    private static async Task<IResult> UnlinkAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new UnlinkDiscord(user.Id()), cancellationToken)).ToHttp();
}
