namespace Jarvis.Web.Api;

/// <summary>Marks what programs call: problem documents instead of pages, and the antiforgery header with a cookie.</summary>
internal sealed class ApiEndpoint
{
    private ApiEndpoint()
    {
    }

    public static ApiEndpoint Mark { get; } = new();
}
