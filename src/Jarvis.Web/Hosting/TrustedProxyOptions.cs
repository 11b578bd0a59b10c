using System.Net;

namespace Jarvis.Web.Hosting;

/// <summary>
/// Proxies whose <c>X-Forwarded-*</c> headers are trusted. Without any, the connection's own address is used, because any client
/// can send these headers.
/// </summary>
internal sealed class TrustedProxyOptions
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses, separated by commas.</summary>
    public string? KnownProxies { get; set; }

    /// <summary>Networks such as 10.0.0.0/8, separated by commas.</summary>
    public string? KnownNetworks { get; set; }

    public IEnumerable<string> Addresses => Split(KnownProxies);

    public IEnumerable<string> Networks => Split(KnownNetworks);

    public bool IsConfigured => Addresses.Any() || Networks.Any();

    public string? Problem =>
        Addresses.FirstOrDefault(address => !IPAddress.TryParse(address, out _)) is { } invalidAddress
            ? $"ForwardedHeaders:KnownProxies has “{invalidAddress}”, which isn't an address. Set it to addresses such as 10.0.0.2, separated by commas; for networks, use KnownNetworks."
            : Networks.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } invalidNetwork
                ? $"ForwardedHeaders:KnownNetworks has “{invalidNetwork}”, which isn't a network. Set it to networks such as 10.0.0.0/8, separated by commas."
                : null;

    private static string[] Split(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
