using System.Net;

namespace Jarvis.Web.Hosting;

/// <summary>
/// Which proxies are believed when they say whom a request is from, and whether it came by HTTPS. Without any the connection's own
/// address counts: anybody can write a header.
/// </summary>
internal sealed class TrustedProxyOptions
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses, parted by commas.</summary>
    public string? KnownProxies { get; set; }

    /// <summary>Networks such as 10.0.0.0/8, parted by commas.</summary>
    public string? KnownNetworks { get; set; }

    public IEnumerable<string> Addresses => Parts(KnownProxies);

    public IEnumerable<string> Networks => Parts(KnownNetworks);

    public bool IsConfigured => Addresses.Any() || Networks.Any();

    public string? Problem =>
        Addresses.FirstOrDefault(address => !IPAddress.TryParse(address, out _)) is { } noAddress
            ? $"ForwardedHeaders:KnownProxies has “{noAddress}”, which isn't an address. Set it to addresses such as 10.0.0.2, separated by commas; for networks, use KnownNetworks."
            : Networks.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } noNetwork
                ? $"ForwardedHeaders:KnownNetworks has “{noNetwork}”, which isn't a network. Set it to networks such as 10.0.0.0/8, separated by commas."
                : null;

    private static string[] Parts(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
