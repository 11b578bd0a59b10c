using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Jarvis.Testing.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed partial class SpeakingTests(Browser browser)
{
    private const string Four = "The first of them. The second one, e.g. this. The third has **bold** in it. The fourth is the last.";

    private static readonly string[] FourSaid =
        ["The first of them.", "The second one, for example this.", "The third has bold in it.", "The fourth is the last."];

    private static readonly string[] Ten = [.. Enumerable.Range(1, 10).Select(number => $"This is sentence {number} of the answer.")];

    [Fact]
    public async Task Speaking_starts_before_the_answer_has_ended_and_keeps_the_order()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await RegisterAsync(visit, hasServer: true);
        await visit.Page.ClickAsync("#speak-answers");

        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count > 0);
        var early = await visit.LastTurn.GetAttributeAsync("data-status");
        await ears.UntilAsync(heard => heard.Count == 4);
        await Ears.SilentAsync(visit.LastTurn);

        early.Should().Be("pending");
        (await ears.HeardAsync()).Should().Equal(FourSaid.Select(text => ("server", text)));
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task An_old_answer_is_read_aloud_with_the_next_sentence_fetched_ahead()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Four;
        await RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        (await ears.HeardAsync()).Should().BeEmpty("nobody asked for it");
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await visit.LastTurn.GetByText("Stop reading").WaitForAsync();
        await ears.UntilAsync(heard => heard.Count == 4);
        await visit.LastTurn.GetByText("Read aloud").WaitForAsync();

        (await ears.TextsAsync()).Should().Equal(FourSaid);
        var log = await ears.LogAsync();
        for (var i = 1; i < FourSaid.Length; i++)
        {
            log.Should().ContainInOrder($"fetch {FourSaid[i]}", $"end {FourSaid[i - 1]}");
        }
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("Escape")]
    [InlineData("sending")]
    [InlineData("another answer")]
    [InlineData("its own button")]
    [InlineData("the toggle")]
    public async Task It_stops_at_once_by(string cause)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        await RegisterAsync(visit, hasServer: true);
        stand.Model.Answer = _ => "Another one.";
        await visit.AskAsync("One");
        stand.Model.Answer = _ => string.Join(' ', Ten);
        await visit.AskAsync("Two");
        var (first, second) = (visit.Turns.First, visit.LastTurn);
        stand.Model.Misbehave(OpenAiFault.Silence);
        if (cause == "the toggle")
        {
            await visit.Page.ClickAsync("#speak-answers");
        }

        await second.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 1);
        (await ears.HearsAsync()).Should().BeTrue();

        await (cause switch
        {
            "typing" => visit.Prompt.PressSequentiallyAsync("x"),
            "Escape" => visit.Page.Keyboard.PressAsync("Escape"),
            "sending" => visit.SendAsync("Three"),
            "another answer" => first.Locator(".speak").ClickAsync(),
            "its own button" => second.Locator(".speak").ClickAsync(),
            _ => visit.Page.ClickAsync("#speak-answers"),
        });
        await Ears.SilentAsync(second);

        if (cause == "another answer")
        {
            await ears.UntilAsync(heard => heard.Count == 2);
            await Ears.SilentAsync(first);
            (await ears.TextsAsync()).Should().Equal(Ten[0], "Another one.");
        }
        else
        {
            (await ears.HearsAsync()).Should().BeFalse();
            (await ears.TextsAsync()).Should().Equal(Ten[0]);
        }
    }

    [Fact]
    public async Task The_server_killed_in_the_middle_leaves_the_browser_to_go_on_and_comes_back()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        visit.Expect("503");
        visit.Expect("502");
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => string.Join(' ', Ten);
        await RegisterAsync(visit, hasServer: true);
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
        heard.Select(one => one.Text).Should().Equal(Ten, "no sentence is lost, and none said twice");
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
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        foreach (var noise in new[] { "503", "502", "ERR_", "429" })
        {
            visit.Expect(noise);
        }

        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Four;
        await RegisterAsync(visit, hasServer: true);
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
        await ears.UntilAsync(heard => heard[^1].Text == FourSaid[3]);

        var heard = await ears.HeardAsync();
        heard[0].By.Should().Be("server");
        heard.Where(one => one.By == "Anne").Select(one => one.Text).Should().Equal(FourSaid[1..]);
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Who_wants_no_server_hears_the_browser_alone()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
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
    public async Task The_voice_that_is_chosen_in_the_settings_is_the_one_that_speaks_and_brings_its_model()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
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
    public async Task A_sentence_in_another_language_than_the_voice_is_left_to_a_browser_that_knows_it()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => "This is one in English. To jest zdanie po polsku.";
        await RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await ears.UntilAsync(heard => heard.Count == 2);

        (await ears.HeardAsync()).Select(one => one.By).Should().Equal("server", "Ewa");
    }

    [Fact]
    public async Task A_browser_that_refuses_to_play_is_asked_once_and_offers_a_tap()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit, refuses: true);
        stand.Model.Answer = _ => Four;
        await RegisterAsync(visit, hasServer: true);
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

        (await ears.TextsAsync()).Should().Equal(FourSaid);
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Without_any_voice_the_button_says_so()
    {
        await using var stand = await Stand.StartAsync();
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        await Ears.PutOnAsync(visit, hasVoice: false);
        stand.Model.Answer = _ => Four;
        await visit.RegisterAsync();
        await visit.AskAsync("Speak");

        await visit.LastTurn.Locator(".speak").ClickAsync();

        await visit.LastTurn.GetByText("No voice here").WaitForAsync();
        (await visit.LastTurn.Locator(".voice-text").InnerTextAsync()).Should().StartWith("There is no voice");
        await visit.Page.GotoAsync("/settings");
        (await visit.Page.Locator("#voice").InnerTextAsync()).Should().Contain("No speech server is configured").And.Contain("docs/voice.md");
        (await visit.Page.Locator("#VoiceKey").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Speaking_goes_on_from_the_stored_answer_when_the_connection_breaks()
    {
        await using var stand = await Stand.StartAsync();
        await using var relay = new Relay(stand.Host.BaseAddress);
        await using var visit = await Visit.StartAsync(browser, relay.Address);
        visit.Expect("ERR_");
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await RegisterAsync(visit, hasServer: false);
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count == 1);

        relay.Cut();
        await ears.UntilAsync(heard => heard.Count == 4);

        (await ears.TextsAsync()).Should().Equal(FourSaid);
    }

    [Fact]
    public async Task The_choice_to_hear_answers_is_kept_and_can_be_seen_and_heard()
    {
        await using var stand = await Stand.StartAsync();
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        await Ears.PutOnAsync(visit);
        await visit.RegisterAsync();
        var toggle = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Speak answers" });
        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("false");

        await toggle.ClickAsync();
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();

        (await toggle.GetAttributeAsync("aria-pressed")).Should().Be("true");
    }

    [Fact]
    public async Task What_is_dictated_stands_in_the_field_and_is_sent_by_nobody_else()
    {
        await using var stand = await Stand.StartAsync();
        await using var visit = await Visit.StartAsync(browser, stand.Host, locale: "pl-PL");
        await Ears.PutOnAsync(visit);
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

    [Fact]
    public async Task The_voice_can_be_chosen_without_scripts()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host, locale: "pl-PL", scripts: false);
        await visit.RegisterAsync();
        await visit.Page.GotoAsync("/settings");
        (await visit.Page.Locator("#VoiceKey optgroup").First.GetAttributeAsync("label")).Should().StartWith("Polski");

        await visit.Page.CheckAsync("#VoiceEnabled");
        await visit.Page.SelectOptionAsync("#VoiceKey", "speaches|speaches-ai/Kokoro-82M-v1.0-ONNX|af_heart");
        await visit.Page.FillAsync("#SpeechSpeed", "9");
        await visit.Page.ClickAsync("main button.primary");
        await visit.Page.GetByText("Tempo mieści się między 0,5 a 2").WaitForAsync();
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
    public async Task Axe_finds_nothing_wrong_where_the_voice_is(ColorScheme look, int width)
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host, look: look, width: width);
        var ears = await Ears.PutOnAsync(visit, refuses: true);
        stand.Model.Answer = _ => Four;
        await RegisterAsync(visit, hasServer: true);
        await CheckAsync(visit);
        await visit.Page.GotoAsync("/");
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        await visit.LastTurn.Locator(".voice-go").WaitForAsync();
        await visit.DoneAsync();
        await CheckAsync(visit);
        (await ears.HeardAsync()).Should().BeEmpty();
    }

    private static Task<Stand> StandWithAsync(SpeechStandIn speech) => Stand.StartAsync(("Speech:Speaches:BaseUrl", speech.BaseUrl.ToString()));

    // In English, with the server's voice where it is wanted.
    private static async Task RegisterAsync(Visit visit, bool hasServer)
    {
        await visit.RegisterAsync();
        if (hasServer)
        {
            await visit.Page.GotoAsync("/settings");
            await visit.Page.CheckAsync("#VoiceEnabled");
            await visit.Page.ClickAsync("main button.primary");
            await visit.Page.GetByText("Saved").WaitForAsync();
            await CheckAsync(visit);
            await visit.NewChatAsync();
        }
    }

    private static async Task CheckAsync(Visit visit)
    {
        if (Environment.GetEnvironmentVariable("JARVIS_SHOTS") is { Length: > 0 } folder)
        {
            var name = NoName().Replace($"{visit.Page.Url}-{visit.Page.ViewportSize!.Width}-{Guid.NewGuid():N}", "-");
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }

        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")).Should().BeFalse("no page scrolls sideways");
        var result = await visit.Page.RunAxe();
        result.Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty(visit.Page.Url);
    }

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoName();
}
