using System.Security.Cryptography;
using System.Text;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Benchmarks.Baseline;

/// <summary>
/// Lower bound for the cost of <c>POST /chat/ask</c>: a bare endpoint with a constant answer. It sends the same statements to PostgreSQL
/// and the same scripts to Redis, and reads and writes the same JSON.
/// </summary>
internal static class BaselineApi
{
    /// <summary>Argument that makes this program the baseline; the file of statements follows.</summary>
    public const string Argument = "--baseline";

    private const string Model = "baseline";
    private const string Response = "I didn't find anything about that in what you've told me so far.\n\nI'm answering without a language model, so I can only look things up in what you've told me.";
    private const string ResponseHtml = "<p dir=\"auto\">I didn't find anything about that in what you've told me so far.</p>\n<p dir=\"auto\">I'm answering without a language model, so I can only look things up in what you've told me.</p>";
    private const int RecallBudgetChars = 4_000;
    private static readonly QueueKeys Keys = new(QueueKeys.MemoryJobs);

    public static async Task RunAsync(string statementsFile)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var database = await BaselineDatabase.OpenAsync(builder.Configuration.GetConnectionString("Postgres")!, statementsFile);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(builder.Configuration.GetConnectionString("Redis")!);
        await using var app = builder.Build();
        app.MapGet("/health/live", () => "live");
        app.MapPost("/chat/ask", (AskBody body, HttpContext context) => AskAsync(body, context, database, redis.GetDatabase()));
        await app.StartAsync();
        Console.WriteLine($"Baseline. Health: {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
    }

    private static async Task<IResult> AskAsync(AskBody body, HttpContext context, BaselineDatabase database, IDatabase redis)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (await database.OwnerOfAsync(AccessToken.ComputeHash(authorization["Bearer ".Length..])) is not { } user)
        {
            return Results.Unauthorized();
        }

        var isAllowed = await TakeAsync(redis, $"token:{Hidden(authorization)}") && await TakeAsync(redis, $"asking:{user:N}");
        if (!isAllowed)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var terms = Tokenizer.Tokenize(body.Prompt);
        await database.ContextAsync(user, body.ConversationId);
        var found = terms.Length == 0 ? [] : await database.SearchAsync(user, [.. terms.Split(' ').Distinct()]);
        var turn = new BaselineTurn(
            Guid.CreateVersion7(), body.ConversationId ?? Guid.CreateVersion7(), user, body.ConversationId is null, body.Prompt, terms,
            TimeProvider.System.GetUtcNow(), Recalled(found, body.ConversationId));
        await database.StoreAsync(turn);
        await database.CompleteAsync(turn.Id, Model, Response);

        // Not awaited, as in Jarvis.
        _ = redis.ScriptEvaluateAsync(QueueScripts.Enqueue, Keys.All, [$"{user:D}:{turn.Conversation:D}"], CommandFlags.FireAndForget);

        return Results.Json(new
        {
            conversationId = turn.Conversation,
            turnId = turn.Id,
            response = Response,
            responseHtml = ResponseHtml,
            model = Model,
            usedTokens = 0,
            memories = turn.Memories.Select(memory => new { id = memory.Turn, content = memory.Prompt, turnId = memory.Turn, conversationId = memory.Conversation, at = memory.At }),
        });
    }

    private static async Task<bool> TakeAsync(IDatabase redis, string bucket) =>
        (long)await redis.ScriptEvaluateAsync(TokenBucketScript.Text, [$"jarvis:limit:{{{bucket}}}"], [1, 1_000_000]) == 0;

    // About as much as Jarvis recalls: no questions, no turns of the same conversation, within the same budget.
    private static List<BaselineMemory> Recalled(List<BaselineMemory> found, Guid? conversation)
    {
        var remaining = RecallBudgetChars;

        return [.. found.Where(memory => memory.Conversation != conversation && !memory.Prompt.EndsWith('?') && (remaining -= memory.Prompt.Length) >= 0)];
    }

    private static string Hidden(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private sealed record AskBody(Guid? ConversationId, string Prompt);
}
