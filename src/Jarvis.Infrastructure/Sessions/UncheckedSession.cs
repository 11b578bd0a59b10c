using Microsoft.AspNetCore.Http;

namespace Jarvis.Infrastructure.Sessions;

/// <summary>
/// What stands with a request whose session could not be looked up. Somebody may well be signed in: to deny it would send them
/// to a form that cannot sign them in either.
/// </summary>
public sealed class UncheckedSession
{
    private readonly Exception reason;

    private UncheckedSession(Exception reason) => this.reason = reason;

    public static UncheckedSession? Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<UncheckedSession>();
    }

    internal static void Mark(HttpContext context, Exception reason) => context.Features.Set(new UncheckedSession(reason));

    public SessionStoreUnavailableException Refusal() => new(reason);
}
