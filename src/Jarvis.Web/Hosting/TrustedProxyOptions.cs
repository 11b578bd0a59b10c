using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Jarvis.Web.Hosting;

/// <summary>
/// Proxies whose <c>X-Forwarded-*</c> headers are trusted. Without any, the connection's own address is used, because any client
/// can send these headers.
/// </summary>
internal sealed class TrustedProxyOptions : IValidatableObject
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses, as a list or separated by commas.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    /// <summary>Networks such as 10.0.0.0/8, as a list or separated by commas.</summary>
    public IReadOnlyList<string> KnownNetworks { get; set; } = [];

    public bool IsConfigured => KnownProxies.Count > 0 || KnownNetworks.Count > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in KnownProxies.Where(address => !IPAddress.TryParse(address, out _)))
        {
            yield return new($"ForwardedHeaders:KnownProxies has “{address}”, which isn't an address. Set it to addresses such as 10.0.0.2, separated by commas; for networks, use KnownNetworks.");
        }

        foreach (var network in KnownNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return new($"ForwardedHeaders:KnownNetworks has “{network}”, which isn't a network. Set it to networks such as 10.0.0.0/8, separated by commas.");
        }
    }
}
