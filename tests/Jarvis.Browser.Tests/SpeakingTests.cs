using Jarvis.Testing.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class SpeakingTests(Browser browser)
{
    [Fact]
    public async Task Speaking_starts_before_the_answer_has_ended_and_keeps_the_order()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Voices.Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await Voices.RegisterAsync(visit, hasServer: true);
        await visit.Page.ClickAsync("#speak-answers");

        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count > 0);
        var early = await visit.LastTurn.GetAttributeAsync("data-status");
        await ears.UntilAsync(heard => heard.Count == 4);
        await Ears.SilentAsync(visit.LastTurn);

        early.Should().Be("pending");
        (await ears.HeardAsync()).Should().Equal(Voices.FourSaid.Select(text => ("server", text)));
        (await visit.LastTurn.Locator(".voice-note").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task An_old_answer_is_read_aloud_with_the_next_sentence_fetched_ahead()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Voices.Four;
        await Voices.RegisterAsync(visit, hasServer: true);
        await visit.AskAsync("Speak");
        (await ears.HeardAsync()).Should().BeEmpty("nobody asked for it");
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();

        await visit.LastTurn.Locator(".speak").ClickAsync();
        await visit.LastTurn.GetByText("Stop reading").WaitForAsync();
        await ears.UntilAsync(heard => heard.Count == 4);
        await visit.LastTurn.GetByText("Read aloud").WaitForAsync();

        (await ears.TextsAsync()).Should().Equal(Voices.FourSaid);
        var log = await ears.LogAsync();
        for (var i = 1; i < Voices.FourSaid.Length; i++)
        {
            log.Should().ContainInOrder($"fetch {Voices.FourSaid[i]}", $"end {Voices.FourSaid[i - 1]}");
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
        await using var stand = await Voices.StandWithAsync(speech);
        await using var visit = await Visit.StartAsync(browser, stand.Host);
        var ears = await Ears.PutOnAsync(visit);
        await Voices.RegisterAsync(visit, hasServer: true);
        stand.Model.Answer = _ => "Another one.";
        await visit.AskAsync("One");
        stand.Model.Answer = _ => string.Join(' ', Voices.Ten);
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
            (await ears.TextsAsync()).Should().Equal(Voices.Ten[0], "Another one.");
        }
        else
        {
            (await ears.HearsAsync()).Should().BeFalse();
            (await ears.TextsAsync()).Should().Equal(Voices.Ten[0]);
        }
    }

    [Fact]
    public async Task Speaking_goes_on_from_the_stored_answer_when_the_connection_breaks()
    {
        await using var stand = await Stand.StartAsync();
        await using var relay = new Relay(stand.Host.BaseAddress);
        await using var visit = await Visit.StartAsync(browser, relay.Address);
        visit.Expect("ERR_");
        var ears = await Ears.PutOnAsync(visit);
        stand.Model.Answer = _ => Voices.Four;
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        await Voices.RegisterAsync(visit, hasServer: false);
        await visit.Page.ClickAsync("#speak-answers");
        await visit.SendAsync("Speak");
        await ears.UntilAsync(heard => heard.Count == 1);

        relay.Cut();
        await ears.UntilAsync(heard => heard.Count == 4);

        (await ears.TextsAsync()).Should().Equal(Voices.FourSaid);
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
}
