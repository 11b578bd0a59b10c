using System.Net;

namespace Jarvis.Web.Tests.Speech;

/// <summary>After any speech server fault, the error tells the user what happened and that the browser can speak instead.</summary>
public sealed class SpeechFaultTests(SpeechFixture fixture) : IClassFixture<SpeechFixture>
{
    public static TheoryData<string, int, string, int> Faults => new()
    {
        { "slow", 503, "speech.timeout", 1 },
        { "silence", 503, "speech.timeout", 1 },
        { "500", 502, "speech.failed", 2 },
        { "503", 502, "speech.failed", 2 },
        { "cut before the first byte", 502, "speech.cut_off", 2 },
        { "page", 502, "speech.bad_audio", 1 },
        { "page called a sound", 502, "speech.bad_audio", 1 },
        { "no sound", 502, "speech.bad_audio", 1 },
        { "404 without a model", 502, "speech.wrong_address", 1 },
        { "401", 502, "speech.unauthorized", 1 },
        { "422", 502, "speech.refused", 1 },
        { "redirect", 502, "speech.bad_audio", 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Failing_server_returns_a_problem_with_browser_fallback(string fault, int status, string code, int attempts)
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(Fault(fault), request => request.Text == text);

        var problem = await fixture.ExpectRejectedAsync(new { text }, status, code);

        problem.Text("fallback").Should().Be("browser");
        problem.Text("detail").Should().Contain($"Speaches (127.0.0.1:{fixture.Speaches.BaseUrl.Port})").And.NotContain(Secrets.SpeachesKey);
        fixture.RequestsWith(text).Should().HaveCount(attempts, "only transient failures are retried");

        fixture.Speaches.ClearFaults();
        (await fixture.SynthesizeAsync(new { text })).Cache.Should().Be("miss", "a failure is not cached");
    }

    [Fact]
    public async Task Transient_speech_failure_is_retried_successfully()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(SpeechFault.ServerError, request => request.Text == text, times: 1);

        (await fixture.SynthesizeAsync(new { text })).Audio.Should().Equal(fixture.Audio);
    }

    [Fact]
    public async Task Missing_model_error_contains_the_command_that_installs_it()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.Installed = [];
        var command = "";
        try
        {
            var problem = await fixture.ExpectRejectedAsync(new { text, voice = "gosia" }, 502, "speech.model_not_installed");
            command = problem.Text("detail");
            problem.Text("fallback").Should().Be("browser");
            command.Should().EndWith($"curl -X POST {fixture.Speaches.BaseUrl}/models/speaches-ai/piper-pl_PL-gosia-medium");

            using var http = new HttpClient();
            using var installed = await http.PostAsync(new Uri(command[command.IndexOf("http://", StringComparison.Ordinal)..]), null);
            (await fixture.SynthesizeAsync(new { text, voice = "gosia" })).Audio.Should().Equal(fixture.Audio);
        }
        finally
        {
            fixture.Speaches.Installed = null;
        }
    }

    [Fact]
    public async Task Rate_limited_server_returns_retry_after_and_browser_fallback()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(SpeechFault.RateLimited(TimeSpan.FromSeconds(17)), request => request.Text == text);

        using var response = await fixture.AskAsync(new { text });

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(17));
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"fallback\":\"browser\"").And.Contain("speech.busy");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("falls silent")]
    [InlineData("endless")]
    public async Task Interrupted_audio_fails_and_is_not_cached(string fault)
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(Fault(fault), request => request.Text == text);

        using var response = await fixture.StartSpeechAsync(new { text });
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var act = () => response.Content.ReadAsByteArrayAsync();

        await act.Should().ThrowAsync<HttpRequestException>();
        await fixture.RequestsWith(text)[0].Ended.WaitAsync(TimeSpan.FromSeconds(20));
        fixture.Speaches.ClearFaults();
        var retry = await fixture.SynthesizeAsync(new { text });
        (retry.Cache, retry.Audio.Length).Should().Be(("miss", fixture.Audio.Length));
    }

    [Fact]
    public async Task Unreachable_server_is_named_and_not_replaced_by_another()
    {
        using var closedPort = new ClosedPort();
        await using var chatterbox = await SpeechStandIn.StartAsync(isChatterbox: true);
        await using var host = await JarvisHost.StartAsync(("Speech:Speaches:BaseUrl", closedPort.BaseUrl.ToString()), ("Speech:Chatterbox:BaseUrl", chatterbox.BaseUrl.ToString()));
        using var person = await JarvisClient.RegisterAsync(host);
        await person.SendAsync(HttpMethod.Put, "/settings", new { ttsProvider = "speaches" });

        using var response = await fixture.AskAsync(new { text = "Hello" }, person);
        var problem = await response.Content.ReadAsStringAsync();

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        problem.Should().Contain("speech.unreachable").And.Contain("\"fallback\":\"browser\"").And.Contain($"127.0.0.1:{closedPort.Number}").And.Contain("Speech:Speaches:BaseUrl");
        chatterbox.Requests.Should().BeEmpty();
        (await person.GetAsync("/speech/config")).Items("providers").Select(provider => provider.GetProperty("available").GetBoolean()).Should().Equal(false, true);
        (await person.GetAsync("/health/ready")).GetProperty("parts").GetProperty("speech").Text("state").Should().Contain("speaches unavailable");
    }

    [Fact]
    public async Task Browser_voice_is_the_fallback_without_a_server()
    {
        await using var host = await JarvisHost.StartAsync();
        using var person = await JarvisClient.RegisterAsync(host);
        await person.SendAsync(HttpMethod.Put, "/settings", new { speachesEnabled = true, speachesTtsVoice = "gosia" });

        using var response = await fixture.AskAsync(new { text = "Hello" }, person);
        var config = await person.GetAsync("/speech/config");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).Should().Contain("speech.not_configured").And.Contain("\"fallback\":\"browser\"");
        (config.GetProperty("enabled").GetBoolean(), config.Text("fallback")).Should().Be((false, "browser"));
        config.Items("providers").Should().OnlyContain(provider => !provider.GetProperty("available").GetBoolean());
        (await person.GetAsync("/health/ready")).GetProperty("parts").GetProperty("speech").Text("state").Should().Be("off");
    }

    private static SpeechFault Fault(string name) => name switch
    {
        "slow" => SpeechFault.Slow(2 * SpeechFixture.FirstByteTimeout),
        "silence" => SpeechFault.Silence,
        "500" => SpeechFault.ServerError,
        "503" => SpeechFault.WithStatus(503),
        "cut before the first byte" => SpeechFault.Cut(afterBytes: 0),
        "page" => SpeechFault.HtmlPage,
        "page called a sound" => SpeechFault.HtmlAsAudio,
        "no sound" => SpeechFault.NoAudio,
        "404 without a model" => SpeechFault.WithStatus(404),
        "401" => SpeechFault.WithStatus(401),
        "422" => SpeechFault.WithStatus(422),
        "redirect" => SpeechFault.WithStatus(302),
        "cut" => SpeechFault.Cut(),
        "falls silent" => SpeechFault.StallsAfter(),
        "endless" => SpeechFault.NeverEnding,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such fault."),
    };
}
