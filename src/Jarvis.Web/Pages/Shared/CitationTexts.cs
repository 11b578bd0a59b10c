using Jarvis.Domain.Conversations;

namespace Jarvis.Web.Pages.Shared;

internal static class CitationTexts
{
    /// <summary>The name of the sentence that says what memory had to do with an answer; scripts choose the same one.</summary>
    public static string Lead(MemoryUsage recall, int memories) => recall switch
    {
        MemoryUsage.LocalOnly => "Js.whyKeptFromCloud",
        MemoryUsage.Disabled => "Js.whyOff",
        MemoryUsage.PublicAudience => "Js.whyOverheard",
        MemoryUsage.Used => memories > 0 ? "Js.why" : "Js.whyNothing",
    };
}
