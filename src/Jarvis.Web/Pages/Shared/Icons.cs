using Microsoft.AspNetCore.Html;

namespace Jarvis.Web.Pages.Shared;

/// <summary>Icons as inline SVG, so that they inherit the text colour.</summary>
internal static class Icons
{
    public static IHtmlContent Menu { get; } = Get("M3 6h14M3 10h14M3 14h14");

    public static IHtmlContent Plus { get; } = Get("M10 4v12M4 10h12");

    public static IHtmlContent Search { get; } = Get("M8.5 3.5a5 5 0 1 1 0 10a5 5 0 0 1 0-10M12.5 12.5L17 17");

    public static IHtmlContent More { get; } = Get("M4 10h.01M10 10h.01M16 10h.01");

    public static IHtmlContent Send { get; } = Get("M10 16V4M5 9l5-5l5 5");

    public static IHtmlContent Stop { get; } = Get("M5.5 5.5h9v9h-9z");

    public static IHtmlContent Close { get; } = Get("M5 5l10 10M15 5L5 15");

    public static IHtmlContent Copy { get; } = Get("M7 7V4h9v9h-3M4 7h9v9H4z");

    public static IHtmlContent Memory { get; } = Get("M5 3h10v14l-5-4l-5 4z");

    public static IHtmlContent NoMemory { get; } = Get("M7 3h8v9M15 15v2l-5-4l-5 4V6M3 3l14 14");

    public static IHtmlContent Down { get; } = Get("M10 4v12M5 11l5 5l5-5");

    public static IHtmlContent Retry { get; } = Get("M16 10a6 6 0 1 1-2-4.5M14 2v4h-4");

    public static IHtmlContent Speak { get; } = Get("M3 8v4h3l4 4V4L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15.5 5a7 7 0 0 1 0 10");

    public static IHtmlContent Microphone { get; } = Get("M10 3a2.2 2.2 0 0 1 2.2 2.2v4.6a2.2 2.2 0 0 1-4.4 0V5.2A2.2 2.2 0 0 1 10 3M5 9.5a5 5 0 0 0 10 0M10 14.5V17");

    private static HtmlString Get(string path) =>
        new($"""<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="{path}"/></svg>""");
}
