using System.Diagnostics.CodeAnalysis;

namespace Jarvis.Infrastructure.Common;

/// <summary>Checks the URLs in options.</summary>
internal static class HttpUrl
{
    /// <summary>Returns true for an absolute HTTP or HTTPS URL.</summary>
    public static bool IsValid([NotNullWhen(true)] Uri? url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
