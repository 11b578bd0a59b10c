using System.Net;
using System.Net.Sockets;

namespace Jarvis.Infrastructure.Embeddings;

/// <summary>
/// Whether what is sent to an address stays with whoever runs Jarvis: this machine, a private network (RFC 1918, RFC 4193, link-local),
/// or a name without a dot, as containers have.
/// </summary>
internal static class LocalAddress
{
    private static readonly string[] LocalEndings = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    public static bool Is(Uri address)
    {
        if (IPAddress.TryParse(address.DnsSafeHost, out var ip))
        {
            return IsPrivate(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip);
        }

        return !address.Host.Contains('.', StringComparison.Ordinal)
            || Array.Exists(LocalEndings, ending => address.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPrivate(IPAddress ip)
    {
        if (IPAddress.IsLoopback(ip))
        {
            return true;
        }

        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return ip.IsIPv6UniqueLocal || ip.IsIPv6LinkLocal;
        }

        return ip.GetAddressBytes() is [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..];
    }
}
