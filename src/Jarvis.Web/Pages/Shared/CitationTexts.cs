using Jarvis.Domain.Conversations;

namespace Jarvis.Web.Pages.Shared;

internal static class CitationTexts
{
    /// <summary>Returns the resource key of the text that explains the use of memory. Scripts choose the same key.</summary>
    public static string Lead(MemoryUsage recall, int memories) => recall switch
    {
        MemoryUsage.LocalOnly => "Js.whyKeptFromCloud",
        MemoryUsage.Disabled => "Js.whyOff",
        MemoryUsage.PublicAudience => "Js.whyOverheard",
        MemoryUsage.Used => memories > 0 ? "Js.why" : "Js.whyNothing",
    };
}
