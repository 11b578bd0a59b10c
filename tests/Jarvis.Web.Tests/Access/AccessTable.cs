namespace Jarvis.Web.Tests.Access;

/// <summary>Lists every route and page and who may use it. A test fails for a route that is missing here.</summary>
public static class AccessTable
{
    public static readonly RouteAccess[] Calls =
    [
        new("POST", "/chat/ask", "/chat/ask", new { prompt = "Hello", conversationId = "{conversation}" }, 200, 404),
        new("POST", "/chat/turns/{turnId}/retry", "/chat/turns/{turn}/retry", null, 409, 404),
        new("POST", "/chat/turns/{turnId}/stop", "/chat/turns/{turn}/stop", null, 204, 404),
        new("GET", "/chat/turns/{turnId}/sentences", "/chat/turns/{turn}/sentences", null, 200, 404),
        new("GET", "/chat/conversations", "/chat/conversations", null, 200, 200),
        new("GET", "/chat/conversations/{id}/turns", "/chat/conversations/{conversation}/turns", null, 200, 404),
        new("PATCH", "/chat/conversations/{id}", "/chat/conversations/{conversation}", new { title = "Renamed" }, 204, 404),
        new("DELETE", "/chat/conversations/{id}", "/chat/conversations/{conversation}", null, 204, 404),
        new("GET", "/memory/items", "/memory/items", null, 200, 200),
        new("PATCH", "/memory/items/{id}", "/memory/items/{memory}", new { pinned = true }, 204, 404),
        new("DELETE", "/memory/items/{id}", "/memory/items/{memory}", null, 204, 404),
        new("POST", "/memory/search", "/memory/search", new { query = "Where do I live?" }, 200, 200),
        new("GET", "/memory/export", "/memory/export", null, 200, 200),
        new("POST", "/memory/import", "/memory/import", new { format = "jarvis-memory", version = 1, items = Array.Empty<object>() }, 200, 200),
        new("GET", "/memory/status", "/memory/status?conversationId={conversation}", null, 200, 404),
        new("POST", "/memory/retry", "/memory/retry", new { conversationId = "{conversation}" }, 204, 404),
        new("POST", "/conversations/import", "/conversations/import", new { format = "jarvis", conversations = Array.Empty<object>() }, 200, 200),
        new("GET", "/conversations/import", "/conversations/import", null, 200, 200),
        new("GET", "/conversations/export", "/conversations/export", null, 200, 200),
        new("GET", "/settings", "/settings", null, 200, 200),
        new("PUT", "/settings", "/settings", new { temperature = 0.5 }, 200, 200),
        new("GET", "/models", "/models", null, 200, 200),
        new("GET", "/speech/config", "/speech/config", null, 200, 200),
        new("POST", "/speech/synthesize", "/speech/synthesize", new { text = "Hello" }, 503, 503),
        new("GET", "/tokens", "/tokens", null, 200, 200),
        new("POST", "/tokens", "/tokens", new { name = "mine" }, 201, 201),
        new("DELETE", "/tokens/{id}", "/tokens/{token}", null, 204, 404),
        new("GET", "/bug-reports", "/bug-reports", null, 200, 200),
        new("POST", "/bug-reports", "/bug-reports", new { title = "It breaks", description = "Always", severity = "low" }, 201, 201),
        new("POST", "/bug-reports/{id}/retry", "/bug-reports/{report}/retry", null, 204, 404),
        new("DELETE", "/discord/link", "/discord/link", null, 204, 204),

        // Requires Discord's signature; Discord is not configured here.
        new("POST", "/discord/interactions", "/discord/interactions", new { type = 1 }, 404, 404) { AllowsAnonymous = true },
        new("GET", "/health/live", "/health/live", null, 200, 200) { AllowsAnonymous = true },
        new("GET", "/health/ready", "/health/ready", null, 200, 200) { AllowsAnonymous = true },
    ];

    /// <summary>Pages, and whether anonymous visitors may open them. Razor Pages checks the antiforgery fields of their forms.</summary>
    public static readonly Dictionary<string, bool> Pages = new()
    {
        [""] = true,
        ["Index"] = true,
        ["chat/{conversationId}"] = false,
        ["account/register"] = true,
        ["account/login"] = true,
        ["account/logout"] = false,
        ["settings"] = false,
        ["settings/import"] = false,
        ["memories"] = false,
        ["bug-report"] = false,
        ["admin"] = false,
        ["discord/link"] = false,
        ["discord/callback"] = false,
        ["error"] = true,
    };

    public static TheoryData<string> Routes => [.. Calls.Select(call => call.ToString())];

    public static TheoryData<string> ClosedRoutes => [.. Calls.Where(call => !call.AllowsAnonymous).Select(call => call.ToString())];

    public static TheoryData<string> OpenRoutes => [.. Calls.Where(call => call.AllowsAnonymous).Select(call => call.ToString())];

    public static TheoryData<string> OpenPages => [.. Pages.Where(page => page.Value).Select(page => page.Key)];

    public static TheoryData<string> ClosedPages => [.. Pages.Where(page => !page.Value).Select(page => page.Key)];

    public static TheoryData<string> ChangingRoutes => [.. Calls.Where(call => call.Method != "GET").Select(call => call.ToString())];

    public static RouteAccess Call(string route) => Calls.Single(call => call.ToString() == route);
}
