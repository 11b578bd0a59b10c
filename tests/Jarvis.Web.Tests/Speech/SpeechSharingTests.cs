using System.Net;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Web.Tests.Speech;

/// <summary>What is spoken once is spoken for all who ask for the same, and for nobody else.</summary>
public sealed class SpeechSharingTests(SpeechFixture fixture) : IClassFixture<SpeechFixture>
{
    private static readonly SpeechFault Unhurried = new() { FirstByteDelay = TimeSpan.FromMilliseconds(500), PieceDelay = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task A_hundred_equal_requests_are_synthesized_once()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.Misbehave(Unhurried, request => request.Text == text);

        var heard = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fixture.HearAsync(new { text })));

        fixture.RequestsWith(text).Should().ContainSingle();
        heard.Should().OnlyContain(one => one.Sound.SequenceEqual(fixture.Sound));
        heard.Count(one => one.Cache == "miss").Should().Be(1);
    }

    [Fact]
    public async Task Who_goes_away_takes_the_sound_from_nobody_else()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.Misbehave(Unhurried, request => request.Text == text);
        var first = await fixture.AskBeginningAsync(new { text });
        var second = fixture.HearAsync(new { text });

        first.Dispose();

        (await second).Sound.Should().Equal(fixture.Sound);
        (await fixture.RequestsWith(text).Single().Ended).Should().BeFalse();
    }

    [Fact]
    public async Task When_all_have_gone_the_server_is_left_alone()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.Misbehave(SpeechFault.FallsSilent(afterBytes: 8_000) with { PieceDelay = TimeSpan.FromMilliseconds(20) }, request => request.Text == text);
        var first = await fixture.AskBeginningAsync(new { text });
        var second = await fixture.AskBeginningAsync(new { text });

        first.Dispose();
        second.Dispose();

        (await fixture.RequestsWith(text).Single().Ended.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();
    }

    [Fact]
    public async Task Another_person_who_asks_for_the_same_hears_the_same_and_for_anything_else_something_else()
    {
        using var other = await JarvisClient.RegisterAsync(fixture.Host);
        var text = SpeechFixture.NewText();
        await fixture.HearAsync(new { text, voice = "af_heart" });

        var same = await fixture.HearAsync(new { text, voice = "af_heart" }, other);
        var otherVoice = await fixture.HearAsync(new { text, voice = "bf_emma" }, other);
        var otherSpeed = await fixture.HearAsync(new { text, voice = "af_heart", speed = 1.5 }, other);
        var otherText = await fixture.HearAsync(new { text = text + "!", voice = "af_heart" }, other);

        same.Cache.Should().Be("hit");
        new[] { otherVoice, otherSpeed, otherText }.Should().OnlyContain(one => one.Cache == "miss");
        fixture.RequestsWith(text).Select(request => (request.Voice, request.Speed)).Should().Equal(("af_heart", 1), ("bf_emma", 1), ("af_heart", 1.5), ("af_heart", 1));
    }

    [Fact]
    public async Task Only_the_persons_own_browser_may_keep_a_sound()
    {
        var text = SpeechFixture.NewText();

        var first = (await fixture.HearAsync(new { text })).Response;
        var second = (await fixture.HearAsync(new { text })).Response;
        var other = (await fixture.HearAsync(new { text = text + "!" })).Response;

        first.Headers.CacheControl!.Private.Should().BeTrue();
        first.Headers.ETag.Should().NotBeNull().And.Be(second.Headers.ETag).And.NotBe(other.Headers.ETag);
        first.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task What_lies_in_Redis_is_the_sound_itself_for_a_while_and_anything_else_is_not_passed_on()
    {
        var text = SpeechFixture.NewText();
        var heard = await fixture.HearAsync(new { text });
        var redis = fixture.Host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        RedisKey key = $"jarvis:tts:{heard.Response.Headers.ETag!.Tag.Trim('"')}";

        // Who listens has it before it is stored.
        var kept = await JarvisClient.UntilAsync(async () => (byte[]?)await redis.StringGetAsync(key), found => found is not null);
        kept.Should().Equal(fixture.Sound);
        (await redis.KeyTimeToLiveAsync(key)).Should().BeCloseTo(TimeSpan.FromDays(7), TimeSpan.FromMinutes(5));

        await redis.StringSetAsync(key, "<html>Not a sound</html>");
        var again = await JarvisClient.UntilAsync(() => fixture.HearAsync(new { text }), next => next.Cache == "miss");
        again.Sound.Should().Equal(fixture.Sound);
    }

    [Fact]
    public async Task Chatterbox_sends_wav_whatever_is_asked_for_and_it_is_called_so()
    {
        var heard = await fixture.HearAsync(new { text = "This is Chatterbox.", provider = "chatterbox" });

        heard.ContentType.Should().Be("audio/wav");
        (await SoundTools.LengthAsync(heard.Sound)).Should().BeGreaterThan(TimeSpan.FromMilliseconds(500));
        fixture.Chatterbox.Requests.Should().ContainSingle().Which.Should().Match<SpokenRequest>(request => request.Voice == "alloy" && request.Format == "mp3");
    }

    [Fact]
    public async Task Without_Redis_each_request_is_synthesized_and_answered()
    {
        await using var host = await JarvisHost.StartAsync(("Speech:Speaches:BaseUrl", fixture.Speaches.BaseUrl.ToString()));
        using var person = await JarvisClient.RegisterAsync(host);
        using var program = await person.WithTokenAsync(host);
        var text = SpeechFixture.NewText();
        await host.StopRedisAsync();

        var first = await fixture.HearAsync(new { text }, program);
        var second = await JarvisClient.UntilAsync(() => fixture.HearAsync(new { text }, program), next => next.Cache == "miss");

        first.Cache.Should().Be("miss");
        second.Sound.Should().Equal(fixture.Sound);
    }

    [Fact]
    public async Task Who_hears_too_much_is_told_when_to_come_back_and_the_others_go_on()
    {
        await using var host = await JarvisHost.StartAsync(
            ("Speech:Speaches:BaseUrl", fixture.Speaches.BaseUrl.ToString()),
            ("Limits:Speaking:Permits", "2"),
            ("Limits:Speaking:Per", "01:00:00"));
        using var hasty = await JarvisClient.RegisterAsync(host);
        using var program = await hasty.WithTokenAsync(host);
        using var other = await JarvisClient.RegisterAsync(host);
        var text = SpeechFixture.NewText();
        await fixture.HearAsync(new { text }, hasty);
        await fixture.HearAsync(new { text }, program);

        using var refused = await fixture.AskAsync(new { text }, hasty);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("limit.speaking");
        (await hasty.GetAsync("/speech/config")).Text("fallback").Should().Be("browser");
        (await fixture.HearAsync(new { text }, other)).Cache.Should().Be("hit");
    }
}
