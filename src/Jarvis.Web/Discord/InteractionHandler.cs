using System.Text.Json.Nodes;
using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using Jarvis.Web.RateLimiting;
using MediatR;

namespace Jarvis.Web.Discord;

/// <summary>
/// Responds to one interaction within the three seconds that Discord waits. After any failure the user gets a message that says
/// what to do.
/// </summary>
internal sealed partial class InteractionHandler(
    IMediator mediator,
    MemoryCommands memories,
    IInteractionTokenProtector tokens,
    DiscordTexts texts,
    RequestLimiter limiter,
    IDatabaseErrorClassifier databaseErrors,
    TimeProvider clock,
    ILogger<InteractionHandler> logger)
{
    /// <summary>Discord stops waiting after three seconds; the rest is for the network.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2.1);

    /// <summary>Time after which any process may lease a question that the accepting process has not started.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(5);

    /// <param name="address">Base URL of this Jarvis.</param>
    /// <returns>The response, and the question to answer once the response is sent.</returns>
    public async Task<(JsonObject Response, DiscordQuestionKey? Question)> RespondAsync(Interaction interaction, string address, CancellationToken cancellationToken)
    {
        if (interaction.Type == InteractionType.Ping)
        {
            return (InteractionResponse.Pong(), null);
        }

        DiscordTexts.SetCulture(DiscordTexts.DetectLanguage(chosen: null, interaction.Locale));
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await RespondToUserAsync(interaction, address, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Reply(interaction, texts["Discord.TooSlow"]), null);
        }
        catch (Exception e) when (databaseErrors.IsTransient(e))
        {
            LogDatabaseUnavailable(e.GetBaseException().Message);

            return (Reply(interaction, texts["Discord.DatabaseUnavailable"]), null);
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
        // The web page and Discord share one bucket a user.
        if (await limiter.TakePermitAsync(RateLimitPolicies.Chat, RateLimitPartitions.ForUser(person.Id), cancellationToken) is { } limit)
        {
            return (Reply(interaction, texts.For(limit)), null);
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

    // Discord accepts only choices as a response to an autocomplete interaction.
    private static JsonObject Reply(Interaction interaction, string text) => interaction.Type switch
    {
        InteractionType.Autocomplete => InteractionResponse.Choices([]),
        _ => InteractionResponse.Message(text),
    };

    [LoggerMessage(LogLevel.Warning, "The database isn't responding ({Reason}); Discord shows a notice")]
    private partial void LogDatabaseUnavailable(string reason);

    [LoggerMessage(LogLevel.Error, "{Type} from Discord failed unexpectedly")]
    private partial void LogFailed(Exception exception, InteractionType type);
}
