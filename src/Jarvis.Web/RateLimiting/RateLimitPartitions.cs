using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;

namespace Jarvis.Web.RateLimiting;

/// <summary>Chooses the bucket that a request takes its permit from.</summary>
internal static class RateLimitPartitions
{
    private const int HashBytes = 16;
    private const int NetworkBytes = 8;

    public static string ForUser(UserId user) => user.Value.ToString("N");

    public static string? ForUser(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? ForUser(context.User.Id()) : null;

    public static string? ForToken(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: TokenAuthentication.SchemeName }
            ? Hash(context.Request.Headers.Authorization.ToString())
            : null;

    /// <summary>Returns an IPv4 address, or the network of an IPv6 address: one line has more IPv6 addresses than anyone could count.</summary>
    public static string? ForAddress(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        var address => address.ToString(),
    };

    /// <summary>Returns a hash of the field, without regard to case.</summary>
    public static async ValueTask<string?> ForFieldAsync(HttpContext context, string field)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);

            return (string?)form[field] is { } text ? Hash(text.Trim().ToUpperInvariant()) : null;
        }
        catch (InvalidDataException)
        {
            // The body is not a form; the page rejects it.
            return null;
        }
    }

    // Redis holds neither user input nor secrets in plain text.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}
