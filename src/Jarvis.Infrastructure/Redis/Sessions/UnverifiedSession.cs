using Microsoft.AspNetCore.Http;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Feature of a request whose session could not be verified because of an outage. The user may be signed in, and a redirect to the
/// sign-in page would not help: signing in isn't possible either.
/// </summary>
public sealed class UnverifiedSession
{
    private readonly Exception reason;

    private UnverifiedSession(Exception reason) => this.reason = reason;

    public static UnverifiedSession? Get(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<UnverifiedSession>();
    }

    internal static void Mark(HttpContext context, Exception reason) => context.Features.Set(new UnverifiedSession(reason));

    public SessionStoreUnavailableException Error() => new(reason);
}
