using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Infrastructure.Integrations.ExternalServices;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>What a server was like when last looked at.</summary>
/// <param name="Answers">Null before the first look.</param>
/// <param name="ListsModels">False for a server that is there but has no list.</param>
/// <param name="Fault">Why it does not answer; null where it does, and before the first look.</param>
/// <param name="Listed">Kept while the server is away: its models are unavailable then, not unknown.</param>
internal sealed record ProviderSnapshot(bool? Answers, ServiceFault? Fault, bool ListsModels, IReadOnlyList<string> Listed)
{
    private const int MaxListed = 500;

    public static ProviderSnapshot Unprobed { get; } = new(null, null, false, []);

    public async Task<ProviderSnapshot> RefreshAsync(
        ModelServer server,
        ModelHttp http,
        TimeSpan limit,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = server.ListModels();
            using var response = await http.SendAsync(request, either.Token);

            return response.StatusCode switch
            {
                HttpStatusCode.OK => new ProviderSnapshot(true, null, true, Names(await response.Content.ReadAsByteArrayAsync(either.Token))),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new ProviderSnapshot(true, null, false, []),
                // It is there and takes the key.
                HttpStatusCode.TooManyRequests => this with { Answers = true, Fault = null },
                _ => this with { Answers = false, Fault = ServiceFaultMapper.From(response.StatusCode) },
            };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsUnreachable(exception))
        {
            return this with { Answers = false, Fault = ServiceFaultMapper.From(exception) };
        }
    }

    private static bool IsUnreachable(Exception exception) => exception
        is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException or KeyNotFoundException;

    private static IReadOnlyList<string> Names(byte[] json)
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
