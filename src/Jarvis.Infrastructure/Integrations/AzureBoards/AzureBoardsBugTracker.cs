using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jarvis.Application.BugReports;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>
/// Files reports as work items of type Bug with the REST API 7.1 of Azure DevOps. An attempt doesn't retry a request: the caller,
/// who stores the result, decides when to try again.
/// </summary>
internal sealed class AzureBoardsBugTracker(IHttpClientFactory clients, IOptions<AzureBoardsOptions> options, ServiceHealthTracker tracker, TimeProvider clock) : IBugTracker
{
    public const string ServiceId = "azure-boards";
    public const string HttpClientName = "azure-boards";

    // A work item with all its links has about ten kilobytes.
    public const int MaxResponseBytes = 1024 * 1024;

    private const string Version = "api-version=7.1";

    public bool IsConfigured => options.Value.IsConfigured;

    private string Host => options.Value.BaseUrl.Authority;

    public async Task<Result<FiledBug>> FileAsync(BugReport report, TimeSpan within, CancellationToken cancellationToken)
    {
        var filed = await TryFileAsync(report, within, cancellationToken);
        tracker.Record(ServiceId, options.Value.BaseUrl, filed.Error is { } error ? AzureBoardsErrors.ToServiceFault(error) : null);

        return filed;
    }

    private Task<Result<FiledBug>> TryFileAsync(BugReport report, TimeSpan within, CancellationToken cancellationToken) => OutboundHttp.RunAsync<Result<FiledBug>>(
        async timeout =>
        {
            try
            {
                return await FileAsync(report, timeout);
            }
            catch (AzureBoardsException e)
            {
                return e.Error;
            }
        },
        (e, _) => HttpErrors.IsConnectFailure(e) ? AzureBoardsErrors.Unreachable(Host) : AzureBoardsErrors.Timeout(Host, within),
        within,
        clock,
        cancellationToken);

    private async Task<FiledBug> FileAsync(BugReport report, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        if (report.MayAlreadyExist && await FindAsync(client, report, cancellationToken) is { } existing)
        {
            return ToFiledBug(existing);
        }

        var attachment = report.Attachment is { } picture ? await UploadAsync(client, picture, cancellationToken) : null;
        var patch = WorkItemPatch.Create(report, attachment).ToJsonString();
        using var content = new StringContent(patch, new MediaTypeHeaderValue("application/json-patch+json"));
        var created = await SendAsync(client, $"_apis/wit/workitems/$Bug?{Version}", content, cancellationToken);

        return ToFiledBug(ReadId(created));
    }

    private async Task<int?> FindAsync(HttpClient client, BugReport report, CancellationToken cancellationToken)
    {
        // The tag has only letters, digits and a hyphen, so it needs no escaping.
        var query = new JsonObject
        {
            ["query"] = $"SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS '{WorkItemPatch.CreateTag(report)}' ORDER BY [System.Id]",
        };
        using var content = new StringContent(query.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        var found = await SendAsync(client, $"_apis/wit/wiql?{Version}", content, cancellationToken);
        if (!found.TryGetProperty("workItems", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new AzureBoardsException(AzureBoardsErrors.InvalidResponse(Host));
        }

        return items.GetArrayLength() == 0 ? null : ReadId(items[0]);
    }

    private async Task<string> UploadAsync(HttpClient client, BugReportAttachment picture, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(picture.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var stored = await SendAsync(client, $"_apis/wit/attachments?fileName={picture.FileName}&{Version}", content, cancellationToken);

        return stored.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
            ? url.GetString()!
            : throw new AzureBoardsException(AzureBoardsErrors.InvalidResponse(Host));
    }

    private async Task<JsonElement> SendAsync(HttpClient client, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.ProjectUrl, path)) { Content = content };
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($":{options.Value.PersonalAccessToken}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, cancellationToken);

        return await AzureBoardsResponse.ReadAsync(response, Host, clock.GetUtcNow(), cancellationToken);
    }

    private int ReadId(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number)
            ? number
            : throw new AzureBoardsException(AzureBoardsErrors.InvalidResponse(Host));

    // Built from the settings instead of the response, because users see the link.
    private FiledBug ToFiledBug(int number) => new(number, new Uri(options.Value.ProjectUrl, $"_workitems/edit/{number}"));
}
