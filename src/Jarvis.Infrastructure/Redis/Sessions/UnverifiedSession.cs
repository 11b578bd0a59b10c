using Microsoft.AspNetCore.Http;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// What stands with a request whose session could not be looked up. Somebody may well be signed in: to deny it would send them
/// to a form that cannot sign them in either.
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
