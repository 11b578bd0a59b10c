namespace Jarvis.Web.Errors;

/// <summary>Marks an API endpoint: errors are problem documents instead of pages, and calls with a cookie need the antiforgery header.</summary>
internal sealed class ApiEndpoint
{
    private ApiEndpoint()
    {
    }

    public static ApiEndpoint Mark { get; } = new();
}
