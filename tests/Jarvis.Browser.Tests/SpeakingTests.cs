using Jarvis.TestSupport.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class SpeakingTests(Browser browser)
{
    [Fact]
    public async Task Speaking_starts_before_the_answer_has_ended_and_keeps_the_order()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => FakeVoices.Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.Page.ClickAsync("#speak-answers");

        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count > 0);
        var early = await visit.LastTurn.GetAttributeAsync("data-status");
        await ears.UntilAsync(heard => heard.Count == 4);
        await AudioProbe.SilentAsync(visit.LastTurn);

        early.Should().Be("pending");
        (await ears.PlayedAsync()).Should().Equal(FakeVoices.FourSentences.Select(text => ("server", text)));
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task An_old_answer_is_read_aloud_with_the_next_sentence_fetched_ahead()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        (await ears.PlayedAsync()).Should().BeEmpty("nobody asked for it");
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await visit.LastTurn.GetByText("Stop reading").WaitForAsync();
        await ears.UntilAsync(heard => heard.Count == 4);
        await visit.LastTurn.GetByText("Read aloud").WaitForAsync();

        (await ears.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
        var log = await ears.LogAsync();
        for (var i = 1; i < FakeVoices.FourSentences.Length; i++)
        {
            log.Should().ContainInOrder($"fetch {FakeVoices.FourSentences[i]}", $"end {FakeVoices.FourSentences[i - 1]}");
        }
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("Escape")]
    [InlineData("sending")]
    [InlineData("another answer")]
    [InlineData("its own button")]
    [InlineData("the toggle")]
    public async Task Speaking_stops_immediately_on_interruption(string cause)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        stand.Model.Answer = _ => "Another one.";
        await visit.AskAsync("One");
        stand.Model.Answer = _ => string.Join(' ', FakeVoices.Ten);
        await visit.AskAsync("Two");
        var (first, second) = (visit.Turns.First, visit.LastTurn);
        stand.Model.AddFault(OpenAiFault.Silence);
        if (cause == "the toggle")
        {
            await visit.Page.ClickAsync("#speak-answers");
        }

        await second.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 1);
        (await ears.WaitForAudioAsync()).Should().BeTrue();

        await (cause switch
        {
            "typing" => visit.Prompt.PressSequentiallyAsync("x"),
            "Escape" => visit.Page.Keyboard.PressAsync("Escape"),
            "sending" => visit.SendAsync("Three"),
            "another answer" => first.Locator(".speak").ClickAsync(),
            "its own button" => second.Locator(".speak").ClickAsync(),
            _ => visit.Page.ClickAsync("#speak-answers"),
        });
        await AudioProbe.SilentAsync(second);

        if (cause == "another answer")
        {
            await ears.UntilAsync(heard => heard.Count == 2);
            await AudioProbe.SilentAsync(first);
            (await ears.TextsAsync()).Should().Equal(FakeVoices.Ten[0], "Another one.");
        }
        else
        {
            (await ears.WaitForAudioAsync()).Should().BeFalse();
            (await ears.TextsAsync()).Should().Equal(FakeVoices.Ten[0]);
        }
    }

    [Fact]
    public async Task Speaking_continues_from_the_stored_answer_after_a_disconnect()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var relay = new DelayingTcpProxy(stand.Host.BaseAddress);
        await using var visit = await BrowserSession.StartAsync(browser, relay.Address);
        visit.ExpectError("ERR_");
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => FakeVoices.Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await FakeVoices.RegisterAsync(visit, hasServer: false);
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count == 1);

        relay.Cut();
        await ears.UntilAsync(heard => heard.Count == 4);

        (await ears.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
    }

    [Fact]
    public async Task Speak_answers_toggle_keeps_its_state_after_a_reload()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        await AudioProbe.InstallAsync(visit);
        await visit.RegisterAsync();
        var toggle = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Read answers aloud" });
        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("false");

        await toggle.ClickAsync();
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();

        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("true");
    }

    [Fact]
    public async Task Dictated_text_fills_the_field_without_being_sent()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host, locale: "pl-PL");
        await AudioProbe.InstallAsync(visit);
        await visit.RegisterAsync();
        await visit.Prompt.FillAsync("Cześć,");
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dyktuj" });

        await button.ClickAsync();
        await visit.Page.WaitForFunctionAsync("ears.recognition");
        await visit.Page.EvaluateAsync("ears.hear('jak się')");
        var interim = await visit.Prompt.InputValueAsync();
        await visit.Page.EvaluateAsync("ears.hear('jak się masz')");
        var language = await visit.Page.EvaluateAsync<string>("ears.recognition.lang");
        var pressed = await button.GetAttributeAsync("aria-pressed");
        await button.ClickAsync();

        interim.Should().Be("Cześć, jak się");
        (await visit.Prompt.InputValueAsync()).Should().Be("Cześć, jak się masz");
        language.Should().StartWith("pl");
        pressed.Should().Be("true");
        (await button.GetAttributeAsync("aria-pressed")).Should().Be("false");
        (await visit.Turns.CountAsync()).Should().Be(0);
    }
}
