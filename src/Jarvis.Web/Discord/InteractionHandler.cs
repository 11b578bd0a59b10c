using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Discord;

/// <summary>
/// Answers one interaction, in the three seconds that Discord waits. Whatever happens, the person is told something that they can
/// act on.
/// </summary>
internal sealed partial class InteractionHandler(
    IMediator mediator,
    MemoryCommands memories,
    InteractionTokens tokens,
    DiscordTexts texts,
    PartitionedRateLimiter<RateLimitRequest> limiter,
    IOptions<RateLimitOptions> limits,
    IDatabaseErrorClassifier faults,
    TimeProvider clock,
    ILogger<InteractionHandler> logger)
{
    /// <summary>Discord gives up after three, and the way there and back takes its time.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2.1);

    /// <summary>The process that accepted a question takes it on at once; later than this another one does.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(5);

    /// <param name="address">Where Jarvis itself is reached.</param>
    /// <returns>The response, and the question that is to be taken on once it is sent.</returns>
    public async Task<(JsonObject Response, DiscordQuestionKey? Question)> RespondAsync(Interaction interaction, string address, CancellationToken cancellationToken)
    {
        if (interaction.Type == InteractionType.Ping)
        {
            return (InteractionResponse.Pong(), null);
        }

        DiscordTexts.SetCulture(DiscordTexts.DetectLanguage(chosen: null, interaction.Locale));
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await RespondToUserAsync(interaction, address, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Reply(interaction, texts["Discord.TooSlow"]), null);
        }
        catch (Exception e) when (faults.IsTransient(e))
        {
            LogDatabaseUnavailable(e.GetBaseException().Message);

            return (Reply(interaction, texts["Discord.DatabaseAway"]), null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, interaction.Type);

            return (Reply(interaction, texts["Discord.Unexpected"]), null);
        }
    }

    private async Task<(JsonObject, DiscordQuestionKey?)> RespondToUserAsync(Interaction interaction, string address, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new FindDiscordPerson(interaction.UserId), cancellationToken) is not { } person)
        {
            return (Reply(interaction, texts["Discord.NotLinked", $"{address}/settings#discord"]), null);
        }

        var language = DiscordTexts.DetectLanguage(person.Language, interaction.Locale);
        DiscordTexts.SetCulture(language);

        return interaction switch
        {
            { Type: InteractionType.Command, Name: DiscordCommandNames.Ask } => await AskAsync(interaction, person, language, address, cancellationToken),
            { Type: InteractionType.Command, Name: DiscordCommandNames.Memories } => (await memories.ListAsync(interaction, person.Id, address, cancellationToken), null),
            { Type: InteractionType.Command, Name: DiscordCommandNames.Forget } => (await memories.FindAsync(interaction, person.Id, cancellationToken), null),
            { Type: InteractionType.Autocomplete } => (await memories.SuggestAsync(interaction, person.Id, cancellationToken), null),
            { Type: InteractionType.Component } => (await memories.HandleButtonAsync(interaction, person.Id, cancellationToken), null),
            _ => (Reply(interaction, texts["Discord.Unknown"]), null),
        };
    }

    private async Task<(JsonObject, DiscordQuestionKey?)> AskAsync(
        Interaction interaction,
        DiscordPerson person,
        string language,
        string address,
        CancellationToken cancellationToken)
    {
        // The same bucket as on the page: it is the same person.
        var limit = limits.Value.Chat;
        using var lease = await limiter.AcquireAsync(new RateLimitRequest(LimitAskingAttribute.Bucket, person.Id.Value.ToString("N"), limit.Permits, limit.Per), 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);

            return (Reply(interaction, texts.For(RateLimitErrors.Chat(wait))), null);
        }

        var isPublic = interaction.ScopeType != DiscordScopeType.Direct && interaction.Flag("public");
        var scope = new DiscordScope(interaction.ScopeType, interaction.GuildId, interaction.ChannelId, isPublic);
        var accepted = await mediator.Send(
            new AcceptDiscordQuestion(
                person.Id,
                interaction.UserId,
                scope,
                interaction.Id,
                interaction.ApplicationId,
                tokens.Protect(interaction.Token),
                interaction.Text("prompt") ?? "",
                interaction.Flag("memory"),
                language,
                address,
                StartTimeout),
            cancellationToken);

        return accepted.Error is { } error
            ? (Reply(interaction, texts.For(error)), null)
            : (InteractionResponse.Deferred(scope.IsEphemeral), accepted.Value);
    }

    // What is being typed can only be answered with choices.
    private static JsonObject Reply(Interaction interaction, string sentence) => interaction.Type switch
    {
        InteractionType.Autocomplete => InteractionResponse.Choices([]),
        _ => InteractionResponse.Message(sentence),
    };

    [LoggerMessage(LogLevel.Warning, "The database isn't responding ({Reason}); Discord was told")]
    private partial void LogDatabaseUnavailable(string reason);

    [LoggerMessage(LogLevel.Error, "{Type} from Discord failed unexpectedly")]
    private partial void LogFailed(Exception exception, InteractionType type);
}
