using System.Globalization;
using System.Text.Json;
using Jarvis.Application.Conversations;
using Jarvis.Application.Speech;
using Jarvis.Application.Speech.Text;
using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Jarvis.Web.Rendering;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Api;

/// <summary>Writes one answer, as JSON when it is complete or as server-sent events while it is generated.</summary>
internal sealed class ChatResponseWriter(MarkdownRenderer markdown, TimeProvider clock, IOptions<JsonOptions> json)
{
    private const string EventStream = "text/event-stream";

    /// <summary>Interval of comments on an idle stream. Proxies close idle connections, commonly after a minute.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Language of sentences whose own language is unknown.</summary>
    public static string UserLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public async Task WriteAsync(HttpContext context, Result<AnswerStream> answer)
    {
        if (answer.Error is { } error)
        {
            await ProblemDetailsFactory.WriteAsync(context, error);
        }
        else if (context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            await WriteStreamAsync(context, answer.Value);
        }
        else
        {
            await WriteJsonAsync(context, answer.Value);
        }
    }

    public static object ToResponse(CitedMemory memory) => memory.State == CitationState.Known
        ? new { memory.Id, memory.Content, turnId = memory.Turn, conversationId = memory.Conversation, memory.At, source = memory.Item is null ? "turn" : "memory", memory.Kind, memory.ValidTo, memory.State }
        : new { memory.State };

    private async Task WriteJsonAsync(HttpContext context, AnswerStream answer)
    {
        var result = await answer.Completion.WaitAsync(context.RequestAborted);
        if (result.Error is { } error)
        {
            await ProblemDetailsFactory.WriteAsync(context, error, GetIds(answer));
        }
        else
        {
            await context.Response.WriteAsJsonAsync(ToResponse(answer, result.Value), json.Value.SerializerOptions, context.RequestAborted);
        }
    }

    // A slow or disconnected reader affects only this method, not the generation.
    private async Task WriteStreamAsync(HttpContext context, AnswerStream answer)
    {
        context.Response.ContentType = EventStream;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var blocks = context.Request.Query["render"] == "blocks" ? new BlockRenderer(markdown) : null;
        var sentences = context.Request.Query["speak"] == "sentences" ? new SpeechTextStream(UserLanguage) : null;

        await SendAsync(context, "start", new
        {
            conversationId = answer.ConversationId,
            turnId = answer.TurnId,
            model = answer.Model,
            Recall = answer.MemoryUsage,
            memories = answer.Memories.Select(ToResponse),
        });
        await using var chunks = answer.ReadAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        while (await NextAsync(context, chunks))
        {
            await SendAsync(context, "delta", new { text = chunks.Current });
            foreach (var (index, html) in blocks?.Append(chunks.Current) ?? [])
            {
                await SendAsync(context, "block", new { index, html });
            }

            await SendAsync(context, sentences?.Append(chunks.Current));
        }

        var result = await answer.Completion;
        if (result.Error is null)
        {
            await SendAsync(context, sentences?.Finish());
        }

        await (result.Error is { } error
            ? SendAsync(context, "error", ProblemDetailsFactory.Create(context, error, GetIds(answer)))
            : SendAsync(context, "done", ToResponse(answer, result.Value)));
    }

    private async Task<bool> NextAsync(HttpContext context, IAsyncEnumerator<string> chunks)
    {
        var next = chunks.MoveNextAsync().AsTask();
        while (!next.IsCompleted && await Task.WhenAny(next, Task.Delay(KeepAlive, clock, context.RequestAborted)) != next)
        {
            await context.Response.WriteAsync(": still here\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        return await next;
    }

    private async Task SendAsync(HttpContext context, IReadOnlyList<SpokenSentence>? sentences)
    {
        foreach (var sentence in sentences ?? [])
        {
            await SendAsync(context, "sentence", sentence);
        }
    }

    private async Task SendAsync(HttpContext context, string name, object data)
    {
        var text = JsonSerializer.Serialize(data, json.Value.SerializerOptions);
        await context.Response.WriteAsync($"event: {name}\ndata: {text}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private object ToResponse(AnswerStream answer, GeneratedAnswer completed) => new
    {
        conversationId = answer.ConversationId,
        turnId = answer.TurnId,
        response = completed.Response,
        responseHtml = markdown.Render(completed.Response),
        model = completed.Model,
        usedTokens = completed.UsedTokens,
        Recall = answer.MemoryUsage,
        memories = answer.Memories.Select(ToResponse),
    };

    private static (string, object)[] GetIds(AnswerStream answer) =>
        [("conversationId", answer.ConversationId.Value), ("turnId", answer.TurnId.Value)];
}
