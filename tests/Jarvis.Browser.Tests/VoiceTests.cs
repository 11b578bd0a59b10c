using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class VoiceTests(Browser browser)
{
    [Fact]
    public async Task Chosen_voice_model_and_speed_are_used_for_sample_and_answers()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => "To jest zdanie po polsku.";
        await session.RegisterAsync();
        await session.AskAsync("Speak");
        var chat = session.Page.Url;
        await session.Page.GotoAsync("/settings");
        await session.Page.CheckAsync("#VoiceEnabled");
        await session.Page.SelectOptionAsync("#VoiceKey", new SelectOptionValue { Label = "Gosia — speaches-ai/piper-pl_PL-gosia-medium" });
        await session.Page.FillAsync("#SpeechSpeed", "1,5");
        await session.Page.ClickAsync("#voice-sample");
        await audio.UntilAsync(played => played.Count == 1);
        await session.Page.ClickAsync("main button.primary");
        await session.Page.GetByText("Saved").WaitForAsync();
        (await session.Page.IsCheckedAsync("#VoiceEnabled")).Should().BeTrue();
        (await session.Page.InputValueAsync("#SpeechSpeed")).Should().Be("1.5");
        (await session.Page.Locator("#VoiceKey option:checked").InnerTextAsync()).Should().StartWith("Gosia");
        await session.Page.GotoAsync(chat);
        await session.ReadyAsync();

        await session.LastTurn.Locator(".speak").ClickAsync();
        await audio.UntilAsync(played => played.Count == 1);

        speech.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Model == "speaches-ai/piper-pl_PL-gosia-medium" && request.Voice == "gosia");
        speech.Requests.Should().OnlyContain(request => Math.Abs(request.Speed - 1.5) < 0.01);
        speech.Requests[0].Text.Should().Contain("Jarvis", "the sample speaks the voice's language").And.Contain("Dzień dobry");
    }

    [Fact]
    public async Task Sentence_in_another_language_is_spoken_by_a_browser_voice()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var audio = await AudioProbe.InstallAsync(session);
        host.Model.Answer = _ => "This is one in English. To jest zdanie po polsku.";
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.AskAsync("Speak");

        await session.LastTurn.Locator(".speak").ClickAsync();
        await audio.UntilAsync(played => played.Count == 2);

        (await audio.PlayedAsync()).Select(one => one.By).Should().Equal("server", "Ewa");
    }

    [Fact]
    public async Task Voice_can_be_chosen_without_scripts()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host, locale: "pl-PL", scripts: false);
        await session.RegisterAsync();
        await session.Page.GotoAsync("/settings");
        (await session.Page.Locator("#VoiceKey optgroup").First.GetAttributeAsync("label")).Should().StartWith("Polski");

        await session.Page.CheckAsync("#VoiceEnabled");
        await session.Page.SelectOptionAsync("#VoiceKey", "speaches|speaches-ai/Kokoro-82M-v1.0-ONNX|af_heart");
        await session.Page.FillAsync("#SpeechSpeed", "9");
        await session.Page.ClickAsync("main button.primary");
        await session.Page.GetByText("Tempo musi być między 0,5 a 2").WaitForAsync();
        (await session.Page.InputValueAsync("#VoiceKey")).Should().EndWith("af_heart");
        await session.Page.FillAsync("#SpeechSpeed", "0,75");
        await session.Page.ClickAsync("main button.primary");

        await session.Page.GetByText("Zapisano").WaitForAsync();
        (await session.Page.InputValueAsync("#VoiceKey")).Should().Be("speaches|speaches-ai/Kokoro-82M-v1.0-ONNX|af_heart");
        (await session.Page.InputValueAsync("#SpeechSpeed")).Should().Be("0,75");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Voice_controls_pass_axe(ColorScheme colorScheme, int width)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var host = await FakeVoices.StartHostAsync(speech);
        await using var session = await BrowserSession.StartAsync(browser, host.Host, colorScheme: colorScheme, width: width);
        var audio = await AudioProbe.InstallAsync(session, blocksPlayback: true);
        host.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(session, hasServer: true);
        await session.CheckAsync();
        await session.Page.GotoAsync("/");
        await session.Page.ClickAsync("#speak-answers");
        await session.SendAsync("Speak");
        await session.LastTurn.Locator(".voice-resume").WaitForAsync();
        await session.WaitForAnswerAsync();
        await session.CheckAsync();
        (await audio.PlayedAsync()).Should().BeEmpty();
    }
}
