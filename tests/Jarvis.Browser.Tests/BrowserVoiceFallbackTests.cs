using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class BrowserVoiceFallbackTests(Browser browser)
{
    [Fact]
    public async Task Browser_speaks_only_while_the_speech_server_is_down()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        session.ExpectError("503");
        session.ExpectError("502");
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => string.Join(' ', FakeVoices.Ten);
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.AskAsync("Speak");
        await session.LastTurn.Locator(".speak").ClickAsync();
        await audio.UntilAsync(played => played.Count == 2);

        var port = speech.BaseUrl.Port;
        await speech.DisposeAsync();
        await audio.UntilAsync(played => played.Any(one => one.By == "Anne"));
        var note = await session.LastTurn.Locator(".voice-text").InnerTextAsync();
        await using var restarted = await SpeechStandIn.StartAsync(port);
        await audio.UntilAsync(played => played.Count == 10);

        note.Should().Contain("so the browser's voice is used");
        var played = await audio.PlayedAsync();
        played.Select(one => one.Text).Should().Equal(FakeVoices.Ten, "every sentence is spoken exactly once");
        played[^1].By.Should().Be("server");
        played.Select(one => one.By).Distinct().Should().Equal("server", "Anne");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("cut")]
    [InlineData("no sound")]
    public async Task Failed_sentence_and_the_rest_are_spoken_by_the_browser(string fault)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        foreach (var noise in new[] { "503", "502", "ERR_", "429" })
        {
            session.ExpectError(noise);
        }

        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.AskAsync("Speak");
        speech.AddFault(
            fault switch
            {
                "500" => SpeechFault.ServerError,
                "429" => SpeechFault.RateLimited(TimeSpan.FromMinutes(1)),
                "cut" => SpeechFault.Cut(),
                _ => new SpeechFault { Body = ("audio/mpeg", new string('x', 4_000)) },
            },
            request => request.Text.Contains("second", StringComparison.Ordinal));

        await session.LastTurn.Locator(".speak").ClickAsync();
        await audio.UntilAsync(played => played.Any(one => one.By == "Anne"));
        await audio.UntilAsync(played => played[^1].Text == FakeVoices.FourSentences[3]);

        var played = await audio.PlayedAsync();
        played[0].By.Should().Be("server");
        played.Where(one => one.By == "Anne").Select(one => one.Text).Should().Equal(FakeVoices.FourSentences[1..]);
        (await session.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Browser_speaks_alone_when_the_speech_server_is_not_enabled()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => "To jest zdanie po polsku. And this is one in English, you see.";
        await session.RegisterAsync();
        await session.Page.ClickAsync("#speak-answers");

        await session.SendAsync("Speak");
        await audio.UntilAsync(played => played.Count == 2);

        (await audio.PlayedAsync()).Should().Equal(("Ewa", "To jest zdanie po polsku."), ("Anne", "And this is one in English, you see."));
        speech.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Blocked_playback_is_tried_once_and_offers_a_tap()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session, blocksPlayback: true);
        host.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.Page.ClickAsync("#speak-answers");
        await session.SendAsync("Speak");
        var resume = session.LastTurn.Locator(".voice-resume");
        await resume.WaitForAsync();
        var attempts = await audio.PlayAttemptsAsync();
        await session.WaitForAnswerAsync();

        (await audio.PlayAttemptsAsync()).Should().Be(attempts, "it does not retry automatically");
        (await audio.PlayedAsync()).Should().BeEmpty();
        (await session.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().Contain("after you tap");
        await session.Page.EvaluateAsync("audioProbe.allowed = true");
        await resume.ClickAsync();
        await audio.UntilAsync(played => played.Count == 4);

        (await audio.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
        (await session.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Missing_voice_is_explained_on_the_button_and_in_the_settings()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        await AudioProbe.InstallAsync(session, hasVoice: false);
        host.Model.Answer = _ => FakeVoices.Four;
        await session.RegisterAsync();
        await session.AskAsync("Speak");

        await session.LastTurn.Locator(".speak").ClickAsync();

        await session.LastTurn.GetByRole(AriaRole.Button, new() { Name = "No voice available" }).WaitForAsync();
        (await session.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().StartWith("No voice available");
        await session.Page.GotoAsync("/settings");
        (await session.Page.Locator("#voice").InnerTextAsync()).Should().Contain("No speech server is configured").And.Contain("docs/voice.md");
        (await session.Page.Locator("#VoiceKey").CountAsync()).Should().Be(0);
    }
}
