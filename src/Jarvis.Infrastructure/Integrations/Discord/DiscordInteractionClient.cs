using System.Net.Http.Json;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal sealed class DiscordInteractionClient(DiscordApiClient http, IOptions<DiscordOptions> options) : IDiscordInteractionClient
{
    private const int SuppressEmbeds = 1 << 2;
    private const int Ephemeral = 1 << 6;

    // Unknown webhook, application or interaction, and an invalid token.
    private static readonly int[] ExpiredCodes = [10008, 10015, 10062, 50027];

    // Long, because no user waits for the request, and the caller retries later.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    // SuppressEmbeds is the only flag that an edit can change.
    public Task<Result> EditOriginalAsync(DiscordReply reply, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, "/messages/@original", SuppressEmbeds, reply, cancellationToken);

    public Task<Result> FollowUpAsync(DiscordReply reply, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "", reply.IsEphemeral ? SuppressEmbeds | Ephemeral : SuppressEmbeds, reply, cancellationToken);

    private async Task<Result> SendAsync(HttpMethod method, string rest, int flags, DiscordReply reply, CancellationToken cancellationToken)
    {
        var address = options.Value.Api($"webhooks/{reply.ApplicationId}/{Uri.EscapeDataString(reply.Token)}{rest}");
        var result = await http.SendAsync(
            $"interaction/{reply.Token}",
            () => new HttpRequestMessage(method, address) { Content = JsonContent.Create(DiscordMessage.Create(reply.Content, flags)) },
            Timeout,
            cancellationToken);

        return result switch
        {
            DiscordApiResult.Success => Result.Ok,
            DiscordApiResult.RateLimited { Wait: var wait } => DiscordErrors.RateLimited(wait),
            DiscordApiResult.Rejected { Code: var code } when ExpiredCodes.Contains(code) => DiscordErrors.InteractionExpired,
            DiscordApiResult.Rejected => DiscordErrors.ReplyRejected,
            _ => DiscordErrors.Unavailable,
        };
    }
}
