using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// One project of Azure DevOps Services with REST API 7.1: creates work items from JSON patches, finds them with WIQL, stores attachments,
/// and rejects invalid requests as the service does.
/// </summary>
public sealed partial class AzureBoardsStandIn : HttpStandIn
{
    public const string Organization = "contoso";
    public const string Project = "Home Jarvis";

    private static readonly string[] Severities = ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"];
    private static readonly HttpStandInAnswer SignIn = HttpStandInAnswer.Text(401, "text/html; charset=utf-8", "<!DOCTYPE html><title>Azure DevOps Services | Sign In</title>");

    private readonly Dictionary<string, byte[]> attachments = [];
    private List<AzureWorkItem> items = [];

    /// <summary>Value for <c>AzureBoards:BaseUrl</c>.</summary>
    public Uri BaseUrl => Root;

    public IReadOnlyList<AzureWorkItem> WorkItems => Volatile.Read(ref items);

    /// <summary>Settings that make Jarvis use this stand-in.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("AzureBoards:BaseUrl", BaseUrl.ToString()),
        ("AzureBoards:Organization", Organization),
        ("AzureBoards:Project", Project),
        ("AzureBoards:PersonalAccessToken", Secrets.AzureBoardsToken),
    ];

    /// <param name="port">Port; 0 selects a free one.</param>
    public static Task<AzureBoardsStandIn> StartAsync(int port = 0, bool everywhere = false) => StartAsync(new AzureBoardsStandIn(), port, everywhere);

    public static bool IsCreation(HttpStandInRequest request) => request.Path.EndsWith("/_apis/wit/workitems/$Bug", StringComparison.Ordinal);

    public static bool IsQuery(HttpStandInRequest request) => request.Path.EndsWith("/_apis/wit/wiql", StringComparison.Ordinal);

    public static bool IsUpload(HttpStandInRequest request) => request.Path.EndsWith("/_apis/wit/attachments", StringComparison.Ordinal);

    private protected override HttpStandInAnswer Answer(HttpStandInRequest request)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Secrets.AzureBoardsToken));
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

        return request switch
        {
            { Method: "GET", Path: "/health" } => HttpStandInAnswer.Json(200, new { status = "live" }),
            _ when !request.Headers.TryGetValue("Authorization", out var sent) || sent != basic => SignIn,
            _ when HttpUtility.ParseQueryString(request.Query)["api-version"] != "7.1" =>
                ErrorResponse(400, "VssVersionNotSpecifiedException", "No api-version was supplied for the request."),
            _ when path is not [Organization, var project, ..] || project != Project =>
                ErrorResponse(404, "ProjectDoesNotExistWithNameException", $"TF200016: The following project does not exist: {path.ElementAtOrDefault(1)}."),
            { Method: "POST" } when IsCreation(request) => CreateWorkItem(request),
            { Method: "POST" } when IsQuery(request) => FindWorkItems(request),
            { Method: "POST" } when IsUpload(request) => Upload(request),
            _ => ErrorResponse(404, "ControllerNotFoundException", "The controller for path was not found."),
        };
    }

    private HttpStandInAnswer CreateWorkItem(HttpStandInRequest request)
    {
        if (!request.Headers["Content-Type"].StartsWith("application/json-patch+json", StringComparison.Ordinal))
        {
            return ErrorResponse(415, "VssRequestContentTypeNotSupportedException", "The request indicated a Content-Type that is not supported for this operation.");
        }

        if (request.Json.ValueKind != JsonValueKind.Array)
        {
            return ErrorResponse(400, "VssPropertyValidationException", "You must pass a valid patch document in the body of the request.");
        }

        var fields = new Dictionary<string, string>();
        var attached = new List<byte[]>();
        foreach (var operation in request.Json.EnumerateArray())
        {
            var (path, value) = (operation.GetProperty("path").GetString()!, operation.GetProperty("value"));
            if (operation.GetProperty("op").GetString() != "add")
            {
                return ErrorResponse(400, "VssPropertyValidationException", "Only add is understood here.");
            }

            if (path == "/relations/-" && value.GetProperty("rel").GetString() == "AttachedFile")
            {
                if (!attachments.TryGetValue(value.GetProperty("url").GetString()!, out var content))
                {
                    return ErrorResponse(400, "RuleValidationException", "TF401349: An unexpected error has occurred: the attachment does not exist.");
                }

                attached.Add(content);
            }
            else
            {
                fields[path["/fields/".Length..]] = value.GetString()!;
            }
        }

        return Store(new AzureWorkItem(WorkItems.Count + 1, "Bug", fields, attached));
    }

    private HttpStandInAnswer Store(AzureWorkItem item)
    {
        if (item.Fields.GetValueOrDefault("System.Title") is not { Length: > 0 and <= 255 })
        {
            return ErrorResponse(400, "RuleValidationException", "TF401320: Rule Error for field Title. Error code: Required, HasValues, LimitedToValues, AllowsOldValue, InvalidEmpty.");
        }

        if (!Severities.Contains(item.Fields.GetValueOrDefault("Microsoft.VSTS.Common.Severity")))
        {
            return ErrorResponse(400, "RuleValidationException", "TF401320: Rule Error for field Severity. Error code: HasValues, LimitedToValues, InvalidNotInList.");
        }

        Volatile.Write(ref items, [.. items, item]);

        return HttpStandInAnswer.Json(200, new { id = item.Id, rev = 1, fields = item.Fields, url = $"{BaseUrl}{Organization}/_apis/wit/workItems/{item.Id}" });
    }

    private HttpStandInAnswer FindWorkItems(HttpStandInRequest request)
    {
        var query = request.Json.ValueKind == JsonValueKind.Object && request.Json.TryGetProperty("query", out var text) ? text.GetString()! : "";
        if (TagFilter().Match(query) is not { Success: true } tag)
        {
            return ErrorResponse(400, "SyntaxErrorException", "TF51006: The query statement is missing a FROM clause.");
        }

        return HttpStandInAnswer.Json(200, new
        {
            queryType = "flat",
            queryResultType = "workItem",
            asOf = "2026-01-01T00:00:00Z",
            columns = new[] { new { referenceName = "System.Id", name = "ID" } },
            workItems = WorkItems
                .Where(item => item.Tags.Contains(tag.Groups[1].Value, StringComparer.OrdinalIgnoreCase))
                .Select(item => new { id = item.Id, url = $"{BaseUrl}{Organization}/_apis/wit/workItems/{item.Id}" }),
        });
    }

    private HttpStandInAnswer Upload(HttpStandInRequest request)
    {
        var id = Guid.NewGuid();
        var url = $"{BaseUrl}{Organization}/_apis/wit/attachments/{id}?fileName={HttpUtility.ParseQueryString(request.Query)["fileName"]}";
        attachments[url] = request.Body;

        return HttpStandInAnswer.Json(201, new { id, url });
    }

    private static HttpStandInAnswer ErrorResponse(int status, string type, string message) =>
        HttpStandInAnswer.Json(status, new { innerException = (string?)null, message, typeName = type, typeKey = type, errorCode = 0, eventId = 3000 });

    [GeneratedRegex(@"^SELECT \[System\.Id\] FROM WorkItems WHERE .*\[System\.Tags\] CONTAINS '([^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex TagFilter();
}
