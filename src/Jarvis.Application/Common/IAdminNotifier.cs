namespace Jarvis.Application.Common;

/// <summary>
/// Tells whoever runs Jarvis, outside of Jarvis, what they may want to act on. It returns at once and never throws, whatever
/// happens to where it goes; the same told often in a short time arrives once, and what cannot be delivered is dropped. Whatever
/// must not be lost is stored elsewhere first.
/// </summary>
public interface IAdminNotifier
{
    void Notify(AdminNotification notice);
}

/// <param name="Headline">One sentence in English, as in the log; the same for the same kind of thing, so that many can be told as one.</param>
/// <param name="Detail">What it is about: ids, names. Text written by people is shown as text, and mentions nobody.</param>
/// <param name="Link">Where more of it stands; http or https.</param>
public sealed record AdminNotification(string Headline, string? Detail = null, Uri? Link = null);
