using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Infrastructure.Integrations.ExternalServices;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Result of the last probe of a server.</summary>
/// <param name="IsReachable">Null before the first probe.</param>
/// <param name="ListsModels">False if the server is reachable but has no model list.</param>
/// <param name="Fault">Reason why the server isn't reachable; null if it is, and before the first probe.</param>
/// <param name="Listed">Names of the listed models. An outage keeps them: the models are then unavailable, not unknown.</param>
internal sealed record ProviderSnapshot(bool? IsReachable, ServiceFault? Fault, bool ListsModels, IReadOnlyList<string> Listed)
{
    private const int MaxListed = 500;

    public static ProviderSnapshot Unprobed { get; } = new(null, null, false, []);

    public async Task<ProviderSnapshot> RefreshAsync(
        ModelServer server,
        ModelHttpClient http,
        TimeSpan limit,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = server.CreateListRequest();
            using var response = await http.SendAsync(request, linked.Token);

            return response.StatusCode switch
            {
                HttpStatusCode.OK => new ProviderSnapshot(true, null, true, ReadNames(await response.Content.ReadAsByteArrayAsync(linked.Token))),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new ProviderSnapshot(true, null, false, []),
                // The server is reachable and accepts the key.
                HttpStatusCode.TooManyRequests => this with { IsReachable = true, Fault = null },
                _ => this with { IsReachable = false, Fault = ServiceFaultMapper.From(response.StatusCode) },
            };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsOutage(exception))
        {
            return this with { IsReachable = false, Fault = ServiceFaultMapper.From(exception) };
        }
    }

    private static bool IsOutage(Exception exception) => exception
        is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException or KeyNotFoundException;

    private static IReadOnlyList<string> ReadNames(byte[] json)
    {
        using var list = JsonDocument.Parse(json);

        return
        [
            .. list.RootElement.GetProperty("data").EnumerateArray()
                .Select(model => model.GetProperty("id").GetString() ?? "")
                .Where(name => name.Length is > 0 and <= Domain.Accounts.UserConfig.ModelMaxLength)
                .Take(MaxListed),
        ];
    }
}
