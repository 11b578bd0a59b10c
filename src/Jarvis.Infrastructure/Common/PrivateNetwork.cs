using System.Net;

namespace Jarvis.Infrastructure.Common;

/// <summary>
/// Decides whether an address belongs to the operator of Jarvis: this machine, a private network, or a name that resolves only in such
/// a network. A public name with a private address counts as public, because its address may change.
/// </summary>
internal static class PrivateNetwork
{
    private static readonly string[] PrivateEndings = [".local", ".localhost", ".internal", ".lan", ".home", ".home.arpa"];

    private static readonly IPNetwork[] PrivateNetworks =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    public static bool Contains(Uri address)
    {
        if (IPAddress.TryParse(address.DnsSafeHost, out var ip))
        {
            ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;

            return IPAddress.IsLoopback(ip) || Array.Exists(PrivateNetworks, network => network.BaseAddress.AddressFamily == ip.AddressFamily && network.Contains(ip));
        }

        // A name without a dot is a name of this machine or of a container next to it.
        var host = address.DnsSafeHost.TrimEnd('.');

        return !host.Contains('.') || Array.Exists(PrivateEndings, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
