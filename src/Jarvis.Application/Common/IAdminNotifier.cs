namespace Jarvis.Application.Common;

/// <summary>
/// Notifies the administrator through an external channel. Returns immediately and never throws. Repeated notifications within a
/// short time are sent once, and undeliverable ones are dropped. Callers store important data elsewhere first.
/// </summary>
public interface IAdminNotifier
{
    void Notify(AdminNotification notice);
}

/// <param name="Headline">One English sentence, as in the log. Constant for each kind of event, so that events can be grouped.</param>
/// <param name="Detail">Ids and names of the affected objects. User text is shown as plain text and cannot mention accounts.</param>
/// <param name="Link">URL with details; http or https.</param>
public sealed record AdminNotification(string Headline, string? Detail = null, Uri? Link = null);
