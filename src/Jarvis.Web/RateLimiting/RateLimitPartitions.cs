using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Web.Accounts;

namespace Jarvis.Web.RateLimiting;

/// <summary>Whose bucket a request takes from.</summary>
internal static class RateLimitPartitions
{
    private const int HashBytes = 16;
    private const int NetworkBytes = 8;

    public static string? ForUser(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? context.User.Id().Value.ToString("N") : null;

    public static string? ForToken(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: TokenAuthentication.SchemeName }
            ? Hash(context.Request.Headers.Authorization.ToString())
            : null;

    /// <summary>Of IPv6 the network: one line has more addresses of it than anyone could count.</summary>
    public static string? ForAddress(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        var address => address.ToString(),
    };

    public static async ValueTask<string?> ForFieldAsync(HttpContext context, string field)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            return (await context.Request.ReadFormAsync(context.RequestAborted))[field];
        }
        catch (InvalidDataException)
        {
            // No form after all; the page itself refuses it.
            return null;
        }
    }

    /// <summary>What people type, and secrets, do not stand readable in Redis.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}
