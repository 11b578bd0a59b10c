using System.Text.Json;
using System.Text.RegularExpressions;
using Jarvis.Application.Conversations;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Writes one completion as JSON or as an event stream, word by word, with the requested faults.</summary>
internal static partial class OpenAiCompletion
{
    private const string Id = "chatcmpl-stand-in";
    private static readonly TokenCounter Tokens = new();

    public static async Task WriteAsync(OpenAiExchange exchange, CancellationToken cancellationToken)
    {
        if (!exchange.StandIn.SingleSlot)
        {
            await WriteSequentiallyAsync(exchange, cancellationToken);

            return;
        }

        await exchange.StandIn.Slot.WaitAsync(cancellationToken);
        try
        {
            await WriteSequentiallyAsync(exchange, cancellationToken);
        }
        finally
        {
            exchange.StandIn.Slot.Release();
        }
    }

    private static Task WriteSequentiallyAsync(OpenAiExchange exchange, CancellationToken cancellationToken)
    {
        var answer = exchange.Request.IsExtraction ? exchange.StandIn.Extraction(exchange.Request) : exchange.StandIn.Answer(exchange.Request);
        string[] chunks = [.. Words.Matches(answer).Select(word => word.Value)];

        return exchange.Request.IsStreamed
            ? StreamAsync(exchange, chunks, cancellationToken)
            : WriteJsonAsync(exchange, chunks, cancellationToken);
    }

    private static async Task StreamAsync(OpenAiExchange exchange, string[] chunks, CancellationToken cancellationToken)
    {
        var (fault, response) = (exchange.Fault, exchange.Response);
        response.ContentType = "text/event-stream";
        if (fault.Ending is StreamEnding.Cut or StreamEnding.CutAfterFinish)
        {
            // Announces more than follows, so that the server closes the connection in the middle. A reset would also drop bytes that are
            // still on their way to the caller.
            response.ContentLength = int.MaxValue;
        }

        await response.StartAsync(cancellationToken);
        await Task.Delay(fault.FirstTokenDelay, cancellationToken);
        await SendAsync(response, Chunk(exchange, new { role = "assistant", content = "" }, finishReason: null), cancellationToken);

        foreach (var text in chunks.Take(fault.Chunks ?? chunks.Length))
        {
            await Task.Delay(TokenDelay(exchange), cancellationToken);
            await SendAsync(response, Chunk(exchange, new { content = text }, finishReason: null), cancellationToken);
        }

        if (fault.Ending is StreamEnding.Proper or StreamEnding.CutAfterFinish)
        {
            await SendAsync(response, Chunk(exchange, new { }, fault.FinishReason), cancellationToken);
        }

        if (await EndsEarlyAsync(exchange, cancellationToken))
        {
            return;
        }

        if (exchange.Request.WantsUsage)
        {
            await SendAsync(response, UsageChunk(exchange, chunks), cancellationToken);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private static async Task WriteJsonAsync(OpenAiExchange exchange, string[] chunks, CancellationToken cancellationToken)
    {
        var (fault, response) = (exchange.Fault, exchange.Response);
        await Task.Delay(fault.FirstTokenDelay + (TokenDelay(exchange) * chunks.Length), cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = Id,
            @object = "chat.completion",
            created = exchange.Request.ReceivedAt.ToUnixTimeSeconds(),
            model = exchange.Request.Model,
            choices = new[]
            {
                new { index = 0, message = new { role = "assistant", content = string.Concat(chunks) }, finish_reason = fault.FinishReason },
            },
            usage = Usage(exchange, chunks),
        });

        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (fault.Ending != StreamEnding.Proper)
        {
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await EndsEarlyAsync(exchange, cancellationToken);

            return;
        }

        await response.Body.WriteAsync(body, cancellationToken);
    }

    private static async Task<bool> EndsEarlyAsync(OpenAiExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Fault.Ending == StreamEnding.Silence)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return exchange.Fault.Ending != StreamEnding.Proper;
    }

    private static async Task SendAsync(HttpResponse response, object chunk, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static object Chunk(OpenAiExchange exchange, object delta, string? finishReason) => new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = exchange.Request.ReceivedAt.ToUnixTimeSeconds(),
        model = exchange.Request.Model,
        choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
    };

    private static object UsageChunk(OpenAiExchange exchange, string[] chunks) => new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = exchange.Request.ReceivedAt.ToUnixTimeSeconds(),
        model = exchange.Request.Model,
        choices = Array.Empty<object>(),
        usage = Usage(exchange, chunks),
    };

    private static object Usage(OpenAiExchange exchange, string[] chunks)
    {
        var prompt = exchange.Fault.PromptTokens ?? exchange.Request.Messages.Sum(message => Tokens.Count(message.Text));

        return new { prompt_tokens = prompt, completion_tokens = chunks.Length, total_tokens = prompt + chunks.Length };
    }

    private static TimeSpan TokenDelay(OpenAiExchange exchange) => exchange.StandIn.TokenDelay + exchange.Fault.TokenDelay;

    [GeneratedRegex(@"\s*\S+|\s+$")]
    private static partial Regex Words { get; }
}
