using Jarvis.Domain.Conversations;

namespace Jarvis.Web.Pages.Shared;

internal static class WhyTexts
{
    /// <summary>The name of the sentence that says what memory had to do with an answer; scripts choose the same one.</summary>
    public static string Lead(Recall recall, int memories) => recall switch
    {
        Recall.KeptFromCloud => "Js.whyKeptFromCloud",
        Recall.Off => "Js.whyOff",
        Recall.Overheard => "Js.whyOverheard",
        Recall.Asked => memories > 0 ? "Js.why" : "Js.whyNothing",
    };
}
