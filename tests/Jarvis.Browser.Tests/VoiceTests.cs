using Jarvis.TestSupport.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class VoiceTests(Browser browser)
{
    [Fact]
    public async Task Chosen_voice_model_and_speed_are_used_for_sample_and_answers()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => "To jest zdanie po polsku.";
        await visit.RegisterAsync();
        await visit.AskAsync("Speak");
        var chat = visit.Page.Url;
        await visit.Page.GotoAsync("/settings");
        await visit.Page.CheckAsync("#VoiceEnabled");
        await visit.Page.SelectOptionAsync("#VoiceKey", new SelectOptionValue { Label = "Gosia — speaches-ai/piper-pl_PL-gosia-medium" });
        await visit.Page.FillAsync("#SpeechSpeed", "1,5");
        await visit.Page.ClickAsync("#voice-sample");
        await ears.UntilAsync(heard => heard.Count == 1);
        await visit.Page.ClickAsync("main button.primary");
        await visit.Page.GetByText("Saved").WaitForAsync();
        (await visit.Page.IsCheckedAsync("#VoiceEnabled")).Should().BeTrue();
        (await visit.Page.InputValueAsync("#SpeechSpeed")).Should().Be("1.5");
        (await visit.Page.Locator("#VoiceKey option:checked").InnerTextAsync()).Should().StartWith("Gosia");
        await visit.Page.GotoAsync(chat);
        await visit.ReadyAsync();

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 1);

        speech.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Model == "speaches-ai/piper-pl_PL-gosia-medium" && request.Voice == "gosia");
        speech.Requests.Should().OnlyContain(request => Math.Abs(request.Speed - 1.5) < 0.01);
        speech.Requests[0].Text.Should().Contain("Jarvis", "the sample speaks the voice's language").And.Contain("Dzień dobry");
    }

    [Fact]
    public async Task Sentence_in_another_language_is_spoken_by_a_browser_voice()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        var ears = await AudioProbe.InstallAsync(visit);
        stand.Model.Answer = _ => "This is one in English. To jest zdanie po polsku.";
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 2);

        (await ears.PlayedAsync()).Select(one => one.By).Should().Equal("server", "Ewa");
    }

    [Fact]
    public async Task The_voice_can_be_chosen_without_scripts()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host, locale: "pl-PL", scripts: false);
        await visit.RegisterAsync();
        await visit.Page.GotoAsync("/settings");
        (await visit.Page.Locator("#VoiceKey optgroup").First.GetAttributeAsync("label")).Should().StartWith("Polski");

        await visit.Page.CheckAsync("#VoiceEnabled");
        await visit.Page.SelectOptionAsync("#VoiceKey", "speaches|speaches-ai/Kokoro-82M-v1.0-ONNX|af_heart");
        await visit.Page.FillAsync("#SpeechSpeed", "9");
        await visit.Page.ClickAsync("main button.primary");
        await visit.Page.GetByText("Tempo musi być między 0,5 a 2").WaitForAsync();
        (await visit.Page.InputValueAsync("#VoiceKey")).Should().EndWith("af_heart");
        await visit.Page.FillAsync("#SpeechSpeed", "0,75");
        await visit.Page.ClickAsync("main button.primary");

        await visit.Page.GetByText("Zapisano").WaitForAsync();
        (await visit.Page.InputValueAsync("#VoiceKey")).Should().Be("speaches|speaches-ai/Kokoro-82M-v1.0-ONNX|af_heart");
        (await visit.Page.InputValueAsync("#SpeechSpeed")).Should().Be("0,75");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Voice_controls_pass_axe(ColorScheme look, int width)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await FakeVoices.StartHostAsync(speech);
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host, look: look, width: width);
        var ears = await AudioProbe.InstallAsync(visit, refuses: true);
        stand.Model.Answer = _ => FakeVoices.Four;
        await FakeVoices.RegisterAsync(visit, hasServer: true);
        await visit.CheckAsync();
        await visit.Page.GotoAsync("/");
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        await visit.LastTurn.Locator(".voice-resume").WaitForAsync();
        await visit.DoneAsync();
        await visit.CheckAsync();
        (await ears.PlayedAsync()).Should().BeEmpty();
    }
}
