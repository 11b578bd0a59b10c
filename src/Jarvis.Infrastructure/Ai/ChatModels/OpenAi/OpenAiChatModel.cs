using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>One model of a server with OpenAI's API.</summary>
/// <param name="model">Name of the model at the server.</param>
internal sealed partial class OpenAiChatModel(
    ChatModelDescription description,
    ModelServer server,
    string model,
    IChatClient client,
    TimeProvider clock,
    ILogger<OpenAiChatModel> logger) : IChatModel
{
    public ChatModelDescription Description { get; } = description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = new StreamAccumulator();
        await using var updates = client.GetStreamingResponseAsync(ToMessages(request), ToOptions(request), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var (hasNext, error) = await MoveNextAsync(updates, answer, cancellationToken);
            if (error is not null && !answer.IsComplete)
            {
                yield return new ModelEvent.Failed(error);
                yield break;
            }

            if (error is not null || !hasNext)
            {
                break;
            }

            answer.Add(updates.Current);
            if (updates.Current.Text is { Length: > 0 } text)
            {
                yield return new ModelEvent.Text(text);
            }
        }

        yield return answer.ToEvent(server);
    }

    private async Task<(bool HasNext, Error? Error)> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        StreamAccumulator answer,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await updates.MoveNextAsync(), null);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
#pragma warning disable CA1031 // The libraries can throw anything for an invalid response; every exception means that the answer failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = ModelErrorMapper.ToError(exception, server, model, answer.HasText, clock.GetUtcNow());
            LogFailed(server.Provider, error.Code, exception.GetType().Name);

            return (false, error);
        }
    }

    private static IEnumerable<ChatMessage> ToMessages(ModelRequest request) => request.Messages.Select(message => new ChatMessage(
        message.Role switch
        {
            ModelRole.System => ChatRole.System,
            ModelRole.User => ChatRole.User,
            ModelRole.Assistant => ChatRole.Assistant,
        },
        message.Text));

    private static ChatOptions ToOptions(ModelRequest request) => new()
    {
        Temperature = request.Temperature,
        MaxOutputTokens = request.MaxTokens,
    };

    // Logs the type only: the messages of these exceptions quote the server's response, and some servers quote the key.
    [LoggerMessage(LogLevel.Debug, "{Provider}: {Code} after {Exception}")]
    private partial void LogFailed(string provider, string code, string exception);
}
