using Jarvis.TestSupport.StandIns;

namespace Jarvis.Browser.Tests;

public sealed class SpeakingWithoutTheServerTests(Browser browser)
{
    [Fact]
    public async Task Browser_speaks_only_while_the_speech_server_is_down()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        visit.ExpectError("503");
        visit.ExpectError("502");
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => string.Join(' ', FakeVoices.Ten);
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 2);

        var port = speech.BaseUrl.Port;
        await speech.DisposeAsync();
        await ears.UntilAsync(heard => heard.Any(one => one.By == "Anne"));
        var note = await visit.LastTurn.Locator(".voice-text").InnerTextAsync();
        await using var again = await SpeechStandIn.StartAsync(port);
        await ears.UntilAsync(heard => heard.Count == 10);

        note.Should().Contain("so the browser's voice is used");
        var heard = await ears.PlayedAsync();
        heard.Select(one => one.Text).Should().Equal(FakeVoices.Ten, "no sentence is lost, and none said twice");
        heard[^1].By.Should().Be("server");
        heard.Select(one => one.By).Distinct().Should().Equal("server", "Anne");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("cut")]
    [InlineData("no sound")]
    public async Task Failed_sentence_and_the_rest_are_spoken_by_the_browser(string fault)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        foreach (var noise in new[] { "503", "502", "ERR_", "429" })
        {
            visit.ExpectError(noise);
        }

        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        speech.AddFault(
            fault switch
            {
                "500" => SpeechFault.ServerError,
                "429" => SpeechFault.RateLimited(TimeSpan.FromMinutes(1)),
                "cut" => SpeechFault.Cut(),
                _ => new SpeechFault { Body = ("audio/mpeg", new string('x', 4_000)) },
            },
            request => request.Text.Contains("second", StringComparison.Ordinal));

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Any(one => one.By == "Anne"));
        await ears.UntilAsync(heard => heard[^1].Text == FakeVoices.FourSentences[3]);

        var heard = await ears.PlayedAsync();
        heard[0].By.Should().Be("server");
        heard.Where(one => one.By == "Anne").Select(one => one.Text).Should().Equal(FakeVoices.FourSentences[1..]);
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Browser_speaks_alone_when_the_speech_server_is_not_enabled()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => "To jest zdanie po polsku. And this is one in English, you see.";
        await visit.RegisterAsync();
        await visit.Page.ClickAsync("#speak-answers");

        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count == 2);

        (await ears.PlayedAsync()).Should().Equal(("Ewa", "To jest zdanie po polsku."), ("Anne", "And this is one in English, you see."));
        speech.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Blocked_playback_is_tried_once_and_offers_a_tap()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit, refuses: true);
        stand.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        var tap = visit.LastTurn.Locator(".voice-resume");
        await tap.WaitForAsync();
        var asked = await ears.AskedAsync();
        await visit.DoneAsync();

        (await ears.AskedAsync()).Should().Be(asked, "it does not try again by itself");
        (await ears.PlayedAsync()).Should().BeEmpty();
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().Contain("after you tap");
        await visit.Page.EvaluateAsync("ears.allowed = true");
        await tap.ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 4);

        (await ears.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Missing_voice_is_explained_on_the_button_and_in_the_settings()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        await AudioProbe.InstallAsync(visit, hasVoice: false);
        stand.Model.Answer = _ => FakeVoices.Four;
        await visit.RegisterAsync();
        await visit.AskAsync("Speak");

        await visit.LastTurn.Locator(".speak").ClickAsync();

        await visit.LastTurn.GetByText("No voice available").WaitForAsync();
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().StartWith("No voice available");
        await visit.Page.GotoAsync("/settings");
        (await visit.Page.Locator("#voice").InnerTextAsync()).Should().Contain("No speech server is configured").And.Contain("docs/voice.md");
        (await visit.Page.Locator("#VoiceKey").CountAsync()).Should().Be(0);
    }
}
