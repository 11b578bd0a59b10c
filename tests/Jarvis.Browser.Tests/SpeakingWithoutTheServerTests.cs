using Jarvis.Testing.StandIns;

namespace Jarvis.Browser.Tests;

public sealed class SpeakingWithoutTheServerTests(Browser browser)
{
    [Fact]
    public async Task The_server_killed_in_the_middle_leaves_the_browser_to_go_on_and_comes_back()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        visit.Expect("503");
        visit.Expect("502");
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => string.Join(' ', Voices.Ten);
        await Voices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 2);

        var port = speech.BaseUrl.Port;
        await speech.DisposeAsync();
        await ears.UntilAsync(heard => heard.Any(one => one.By == "Anne"));
        var note = await visit.LastTurn.Locator(".voice-text").InnerTextAsync();
        await using var again = await SpeechStandIn.StartAsync(port);
        await ears.UntilAsync(heard => heard.Count == 10);

        note.Should().Contain("so the browser speaks");
        var heard = await ears.HeardAsync();
        heard.Select(one => one.Text).Should().Equal(Voices.Ten, "no sentence is lost, and none said twice");
        heard[^1].By.Should().Be("server");
        heard.Select(one => one.By).Distinct().Should().Equal("server", "Anne");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("cut")]
    [InlineData("no sound")]
    public async Task A_sentence_that_fails_is_said_by_the_browser(string fault)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        foreach (var noise in new[] { "503", "502", "ERR_", "429" })
        {
            visit.Expect(noise);
        }

        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Voices.Four;
        await Voices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        speech.Misbehave(
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
        await ears.UntilAsync(heard => heard[^1].Text == Voices.FourSaid[3]);

        var heard = await ears.HeardAsync();
        heard[0].By.Should().Be("server");
        heard.Where(one => one.By == "Anne").Select(one => one.Text).Should().Equal(Voices.FourSaid[1..]);
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Who_wants_no_server_hears_the_browser_alone()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => "To jest zdanie po polsku. And this is one in English, you see.";
        await visit.RegisterAsync();
        await visit.Page.ClickAsync("#speak-answers");

        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count == 2);

        (await ears.HeardAsync()).Should().Equal(("Ewa", "To jest zdanie po polsku."), ("Anne", "And this is one in English, you see."));
        speech.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_browser_that_refuses_to_play_is_asked_once_and_offers_a_tap()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit, refuses: true);
        stand.Model.Answer = _ => Voices.Four;
        await Voices.RegisterAsync(visit, hasServer: true);
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        var tap = visit.LastTurn.Locator(".voice-go");
        await tap.WaitForAsync();
        var asked = await ears.AskedAsync();
        await visit.DoneAsync();

        (await ears.AskedAsync()).Should().Be(asked, "it does not try again by itself");
        (await ears.HeardAsync()).Should().BeEmpty();
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().Contain("after a tap");
        await visit.Page.EvaluateAsync("ears.allowed = true");
        await tap.ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 4);

        (await ears.TextsAsync()).Should().Equal(Voices.FourSaid);
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Without_any_voice_the_button_says_so()
    {
        await using var stand = await Stand.StartAsync();
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        await Ears.PutOnAsync(visit, hasVoice: false);
        stand.Model.Answer = _ => Voices.Four;
        await visit.RegisterAsync();
        await visit.AskAsync("Speak");

        await visit.LastTurn.Locator(".speak").ClickAsync();

        await visit.LastTurn.GetByText("No voice here").WaitForAsync();
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().StartWith("There is no voice");
        await visit.Page.GotoAsync("/settings");
        (await visit.Page.Locator("#voice").InnerTextAsync()).Should().Contain("No speech server is configured").And.Contain("docs/voice.md");
        (await visit.Page.Locator("#VoiceKey").CountAsync()).Should().Be(0);
    }
}
