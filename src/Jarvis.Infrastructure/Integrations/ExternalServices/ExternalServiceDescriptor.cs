namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>External service that Jarvis can use. The registration of each adapter adds its own.</summary>
/// <param name="Id">Identifier in <see cref="ServiceHealthTracker"/>.</param>
/// <param name="Settings">Configuration section that turns the service on.</param>
/// <param name="Address">Null if the service is off. Show only its host: the path of a webhook is a secret.</param>
internal sealed record ExternalServiceDescriptor(string Id, string Settings, Uri? Address)
{
    /// <summary>True if the address is only a default. Such a service counts as off until it responds for the first time.</summary>
    public bool IsGuess { get; init; }
}
