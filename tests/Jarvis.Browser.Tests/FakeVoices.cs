using Jarvis.TestSupport.StandIns;

namespace Jarvis.Browser.Tests;

/// <summary>Jarvis with answers to speak and a speech server.</summary>
internal static class FakeVoices
{
    public const string Four = "The first of them. The second one, e.g. this. The third has **bold** in it. The fourth is the last.";

    public static readonly string[] FourSentences =
        ["The first of them.", "The second one, for example this.", "The third has bold in it.", "The fourth is the last."];

    public static readonly string[] Ten = [.. Enumerable.Range(1, 10).Select(number => $"This is sentence {number} of the answer.")];

    public static Task<BrowserTestHost> StartHostAsync(SpeechStandIn speech) => BrowserTestHost.StartAsync(("Speech:Speaches:BaseUrl", speech.BaseUrl.ToString()));

    /// <summary>Starts Jarvis in English, with the server's voice if requested.</summary>
    public static async Task RegisterAsync(BrowserSession visit, bool hasServer)
    {
        await visit.RegisterAsync();
        if (hasServer)
        {
            await visit.Page.GotoAsync("/settings");
            await visit.Page.CheckAsync("#VoiceEnabled");
            await visit.Page.ClickAsync("main button.primary");
            await visit.Page.GetByText("Saved").WaitForAsync();
            await visit.CheckAsync();
            await visit.NewChatAsync();
        }
    }
}
