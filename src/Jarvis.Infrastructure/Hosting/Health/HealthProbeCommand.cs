using System.Diagnostics.CodeAnalysis;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <summary>
/// Requests the health of a running Jarvis: <c>dotnet Jarvis.Web.dll --health http://127.0.0.1:8080/health/ready</c>. Container
/// health checks use it, because the runtime image contains no other HTTP client.
/// </summary>
public static class HealthProbeCommand
{
    private const string Argument = "--health";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static bool IsRequested(IReadOnlyList<string> args, [NotNullWhen(true)] out Uri? address)
    {
        address = null;

        return args is [Argument, var text] && Uri.TryCreate(text, UriKind.Absolute, out address);
    }

    /// <summary>Returns the exit code: 0 after a success; otherwise 1, with the reason on the console.</summary>
    public static async Task<int> RunAsync(Uri address)
    {
        using var http = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await http.GetAsync(address);
            Console.WriteLine(await response.Content.ReadAsStringAsync());

            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} isn't responding: {e.Message}");

            return 1;
        }
    }
}
