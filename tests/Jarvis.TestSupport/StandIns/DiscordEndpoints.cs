using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Jarvis.TestSupport.StandIns;

/// <summary>The part of Discord's API that Jarvis calls.</summary>
internal static class DiscordEndpoints
{
    private const int MaxCharacters = 2_000;

    public static void Map(WebApplication app, DiscordStandIn standIn)
    {
        app.MapGet("/oauth2/authorize", (HttpContext context) => ConsentAsync(context, standIn));
        Map(app, standIn, "POST", "/oauth2/token", (exchange, _) => Exchange(exchange));
        Map(app, standIn, "POST", "/oauth2/token/revoke", (exchange, _) => Revoke(exchange));
        Map(app, standIn, "GET", "/users/@me", (exchange, _) => Me(exchange));
        Map(app, standIn, "PATCH", "/webhooks/{id}/{token}/messages/@original", (exchange, route) => Message(exchange, route, original: true));
        Map(app, standIn, "POST", "/webhooks/{id}/{token}", (exchange, route) => Message(exchange, route, original: false));
        Map(app, standIn, "PUT", "/applications/{id}/commands", (exchange, route) => Commands(exchange, route));
    }

    private static void Map(WebApplication app, DiscordStandIn standIn, string method, string path, Func<Exchanged, RouteValueDictionary, Reply> answer)
    {
        foreach (var version in new[] { "/api/v10", "/api" })
        {
            app.MapMethods(version + path, [method], context => AnswerAsync(context, standIn, answer));
        }
    }

    private static async Task AnswerAsync(HttpContext context, DiscordStandIn standIn, Func<Exchanged, RouteValueDictionary, Reply> answer)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, standIn.Stopping);
        try
        {
            var request = await ReadAsync(context, ending.Token);
            var fault = standIn.Receive(request) ?? new DiscordFault();
            await Task.Delay(fault.Silent ? Timeout.InfiniteTimeSpan : fault.Delay, ending.Token);
            var reply = fault switch
            {
                { Status: { } status } => new Reply(status, fault.RetryAfter is { } retryAfter ? new { message = "You are being rate limited.", retry_after = retryAfter, global = fault.Global } : new { message = $"The stand-in is configured to return {status}.", code = fault.Code }),
                { Body: not null } => new Reply(200, null),
                _ => answer(new Exchanged(standIn, request), context.GetRouteData().Values),
            };
            if (fault.CutsAfterwards)
            {
                context.Abort();

                return;
            }

            context.Response.StatusCode = reply.Status;
            foreach (var (name, value) in standIn.Headers)
            {
                context.Response.Headers[name] = value;
            }

            if (fault.RetryAfterHeader is { } header)
            {
                context.Response.Headers.RetryAfter = header;
            }

            if (fault.Body is { } body)
            {
                context.Response.ContentType = body.ContentType;
                await context.Response.WriteAsync(body.Text, ending.Token);
            }
            else if (reply.Body is not null)
            {
                await context.Response.WriteAsJsonAsync(reply.Body, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static async Task<DiscordRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var json = context.Request.HasJsonContentType() && text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default;

        return new DiscordRequest(context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(), context.Request.Headers.Authorization, text, json);
    }

    // Discord's consent page.
    private static Task ConsentAsync(HttpContext context, DiscordStandIn standIn)
    {
        var address = new Uri(standIn.Root, context.Request.Path + context.Request.QueryString);
        var no = QueryHelpers.AddQueryString(context.Request.Query["redirect_uri"].ToString(), new Dictionary<string, string?>
        {
            ["error"] = "access_denied",
            ["error_description"] = "The resource owner or authorization server denied the request",
            ["state"] = context.Request.Query["state"],
        });
        var links = standIn.People.Select(person => $"<p><a href=\"{WebUtility.HtmlEncode(DiscordGrant.Create(standIn, address, person).AbsoluteUri)}\">Continue as {WebUtility.HtmlEncode(person.Name)}</a></p>");
        context.Response.ContentType = "text/html; charset=utf-8";

        return context.Response.WriteAsync($"<!doctype html><title>Discord (stand-in)</title><h1>May Jarvis know who you are?</h1>{string.Concat(links)}<p><a href=\"{WebUtility.HtmlEncode(no)}\">Cancel</a></p>");
    }

    private static Reply Exchange(Exchanged call)
    {
        if (!IsClient(call))
        {
            return new Reply(401, new { error = "invalid_client" });
        }

        var form = QueryHelpers.ParseQuery(call.Request.Text);
        GeneratedSecrets.Register("verifier of a link to Discord", form["code_verifier"].ToString());
        var isValid = call.StandIn.Grants.TryRemove(form["code"].ToString(), out var grant)
            && form["grant_type"] == "authorization_code"
            && form["redirect_uri"] == grant.Redirect
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == grant.Challenge;
        if (!isValid)
        {
            return new Reply(400, new { error = "invalid_grant", error_description = "Invalid \"code\" in request." });
        }

        var token = GeneratedSecrets.New("access token of Discord");
        call.StandIn.Tokens[token] = grant!.Person;

        return new Reply(200, new { token_type = "Bearer", access_token = token, expires_in = 604_800, refresh_token = GeneratedSecrets.New("refresh token of Discord"), scope = "identify" });
    }

    private static Reply Revoke(Exchanged call)
    {
        call.StandIn.Tokens.TryRemove(QueryHelpers.ParseQuery(call.Request.Text)["token"].ToString(), out _);

        return new Reply(200, new { });
    }

    private static Reply Me(Exchanged call) =>
        call.Request.Authorization?.Replace("Bearer ", "", StringComparison.Ordinal) is { } token && call.StandIn.Tokens.TryGetValue(token, out var person)
            ? new Reply(200, new { id = person.Id, username = person.Username, global_name = person.Name, discriminator = "0", locale = person.Locale })
            : new Reply(401, new { message = "401: Unauthorized", code = 0 });

    private static Reply Message(Exchanged call, RouteValueDictionary route, bool original)
    {
        var (id, token) = ((string)route["id"]!, (string)route["token"]!);
        var isNotice = id == DiscordStandIn.WebhookId && token == Secrets.DiscordWebhookToken;
        if (!isNotice && (id != DiscordStandIn.ApplicationId || !call.StandIn.Threads.ContainsKey(token)))
        {
            return new Reply(404, new { message = "Unknown Webhook", code = 10015 });
        }

        var body = call.Request.Json;
        var content = body.TryGetProperty("content", out var text) ? text.GetString()! : "";
        if (string.IsNullOrWhiteSpace(content) || content.Length > MaxCharacters)
        {
            return new Reply(400, new { message = "Invalid Form Body", code = 50035, errors = new { content = $"Must be between 1 and {MaxCharacters} in length." } });
        }

        if (!isNotice)
        {
            call.StandIn.AddMessage(token, content, original);
        }

        return new Reply(200, new { id = DiscordStandIn.NewSnowflake(), content });
    }

    private static Reply Commands(Exchanged call, RouteValueDictionary route)
    {
        if (call.Request.Authorization != "Bot " + Secrets.DiscordBotToken || (string)route["id"]! != DiscordStandIn.ApplicationId)
        {
            return new Reply(401, new { message = "401: Unauthorized", code = 0 });
        }

        call.StandIn.Commands = call.Request.Json;

        return new Reply(200, call.Request.Json);
    }

    private static bool IsClient(Exchanged call) =>
        call.Request.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{DiscordStandIn.ApplicationId}:{Secrets.DiscordClientSecret}"));

    private sealed record Exchanged(DiscordStandIn StandIn, DiscordRequest Request);

    private sealed record Reply(int Status, object? Body);
}
