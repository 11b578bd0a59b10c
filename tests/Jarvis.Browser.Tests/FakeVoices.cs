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
    public static async Task RegisterAsync(BrowserSession session, bool hasServer)
    {
        await session.RegisterAsync();
        if (hasServer)
        {
            await session.Page.GotoAsync("/settings");
            await session.Page.CheckAsync("#VoiceEnabled");
            await session.Page.ClickAsync("main button.primary");
            await session.Page.GetByText("Saved").WaitForAsync();
            await session.CheckAsync();
            await session.NewChatAsync();
        }
    }
}
