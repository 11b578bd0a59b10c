using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class SpeakingTests(Browser browser)
{
    [Fact]
    public async Task Speaking_starts_before_the_answer_has_ended_and_keeps_the_order()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => FakeVoices.Four;
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.Page.ClickAsync("#speak-answers");

        await session.SendAsync("Speak");
        await audio.UntilAsync(played => played.Count > 0);
        var early = await session.LastTurn.GetAttributeAsync("data-status");
        await audio.UntilAsync(played => played.Count == 4);
        await AudioProbe.WaitUntilSilentAsync(session.LastTurn);

        early.Should().Be("pending");
        (await audio.PlayedAsync()).Should().Equal(FakeVoices.FourSentences.Select(text => ("server", text)));
        (await session.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Old_answer_is_read_aloud_with_the_next_sentence_fetched_ahead()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.AskAsync("Speak");
        (await audio.PlayedAsync()).Should().BeEmpty("the user did not request audio");
        await session.Page.ReloadAsync();
        await session.ReadyAsync();

        await session.LastTurn.Locator(".speak").ClickAsync();
        await session.LastTurn.GetByText("Stop reading").WaitForAsync();
        await audio.UntilAsync(played => played.Count == 4);
        await session.LastTurn.GetByText("Read aloud").WaitForAsync();

        (await audio.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
        var log = await audio.LogAsync();
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
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        await FakeVoices.RegisterAsync(session, hasServer: true);
        host.Model.Answer = _ => "Another one.";
        await session.AskAsync("One");
        host.Model.Answer = _ => string.Join(' ', FakeVoices.Ten);
        await session.AskAsync("Two");
        var (first, second) = (session.Turns.First, session.LastTurn);
        host.Model.AddFault(OpenAiFault.Silence);
        if (cause == "the toggle")
        {
            await session.Page.ClickAsync("#speak-answers");
        }

        await second.Locator(".speak").ClickAsync();
        await audio.UntilAsync(played => played.Count == 1);
        (await audio.IsAudibleAsync()).Should().BeTrue();

        await (cause switch
        {
            "typing" => session.Prompt.PressSequentiallyAsync("x"),
            "Escape" => session.Page.Keyboard.PressAsync("Escape"),
            "sending" => session.SendAsync("Three"),
            "another answer" => first.Locator(".speak").ClickAsync(),
            "its own button" => second.Locator(".speak").ClickAsync(),
            _ => session.Page.ClickAsync("#speak-answers"),
        });
        await AudioProbe.WaitUntilSilentAsync(second);

        if (cause == "another answer")
        {
            await audio.UntilAsync(played => played.Count == 2);
            await AudioProbe.WaitUntilSilentAsync(first);
            (await audio.TextsAsync()).Should().Equal(FakeVoices.Ten[0], "Another one.");
        }
        else
        {
            (await audio.IsAudibleAsync()).Should().BeFalse();
            (await audio.TextsAsync()).Should().Equal(FakeVoices.Ten[0]);
        }
    }

    [Fact]
    public async Task Speaking_continues_from_the_stored_answer_after_a_disconnect()
    {
        await using var host = await BrowserTestHost.RentAsync();
        using var proxy = new TcpProxy(host.Host.BaseAddress.Port);
        await using var session = await BrowserSession.StartAsync(browser, proxy.Address);
        session.ExpectError("ERR_");
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => FakeVoices.Four;
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await FakeVoices.RegisterAsync(session, hasServer: false);
        await session.Page.ClickAsync("#speak-answers");
        await session.SendAsync("Speak");
        await audio.UntilAsync(played => played.Count == 1);

        proxy.CutConnections();
        await audio.UntilAsync(played => played.Count == 4);

        (await audio.TextsAsync()).Should().Equal(FakeVoices.FourSentences);
    }

    [Fact]
    public async Task Speak_answers_toggle_keeps_its_state_after_a_reload()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        await AudioProbe.InstallAsync(session);
        await session.RegisterAsync();
        var toggle = session.Page.GetByRole(AriaRole.Button, new() { Name = "Read answers aloud" });
        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("false");

        await toggle.ClickAsync();
        await session.Page.ReloadAsync();
        await session.ReadyAsync();

        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("true");
    }

    [Fact]
    public async Task Dictated_text_fills_the_field_without_being_sent()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host, locale: "pl-PL");
        await AudioProbe.InstallAsync(session);
        await session.RegisterAsync();
        await session.Prompt.FillAsync("Cześć,");
        var button = session.Page.GetByRole(AriaRole.Button, new() { Name = "Dyktuj" });

        await button.ClickAsync();
        await session.Page.WaitForFunctionAsync("audioProbe.recognition");
        await session.Page.EvaluateAsync("audioProbe.dictate('jak się')");
        var interim = await session.Prompt.InputValueAsync();
        await session.Page.EvaluateAsync("audioProbe.dictate('jak się masz')");
        var language = await session.Page.EvaluateAsync<string>("audioProbe.recognition.lang");
        var isPressed = await button.GetAttributeAsync("aria-pressed");
        await button.ClickAsync();

        interim.Should().Be("Cześć, jak się");
        (await session.Prompt.InputValueAsync()).Should().Be("Cześć, jak się masz");
        language.Should().StartWith("pl");
        isPressed.Should().Be("true");
        (await button.GetAttributeAsync("aria-pressed")).Should().Be("false");
        (await session.Turns.CountAsync()).Should().Be(0);
    }
}
