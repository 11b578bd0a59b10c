using System.Net;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Web.Tests.Speech;

/// <summary>Users who request the same audio share one synthesis; other requests do not.</summary>
public sealed class SpeechSharingTests(SpeechFixture fixture) : IClassFixture<SpeechFixture>
{
    private static readonly SpeechFault SlowAudio = new() { Delay = TimeSpan.FromMilliseconds(500), ChunkDelay = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Hundred_equal_requests_are_synthesized_once()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(SlowAudio, request => request.Text == text);

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fixture.SynthesizeAsync(new { text })));

        fixture.RequestsWith(text).Should().ContainSingle();
        responses.Should().OnlyContain(one => one.Audio.SequenceEqual(fixture.Audio));
        responses.Count(one => one.Cache == "miss").Should().Be(1);
    }

    [Fact]
    public async Task Disconnected_client_does_not_interrupt_others()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(SlowAudio, request => request.Text == text);
        var first = await fixture.StartSpeechAsync(new { text });
        var second = fixture.SynthesizeAsync(new { text });

        first.Dispose();

        (await second).Audio.Should().Equal(fixture.Audio);
        (await fixture.RequestsWith(text).Single().Ended).Should().BeFalse();
    }

    [Fact]
    public async Task Synthesis_is_cancelled_when_all_clients_disconnect()
    {
        var text = SpeechFixture.NewText();
        fixture.Speaches.AddFault(SpeechFault.StallsAfter(afterBytes: 8_000) with { ChunkDelay = TimeSpan.FromMilliseconds(20) }, request => request.Text == text);
        var first = await fixture.StartSpeechAsync(new { text });
        var second = await fixture.StartSpeechAsync(new { text });

        first.Dispose();
        second.Dispose();

        (await fixture.RequestsWith(text).Single().Ended.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();
    }

    [Fact]
    public async Task Cached_audio_is_shared_between_users_only_for_identical_requests()
    {
        using var other = await JarvisClient.RegisterAsync(fixture.Host);
        var text = SpeechFixture.NewText();
        await fixture.SynthesizeAsync(new { text, voice = "af_heart" });

        var same = await fixture.SynthesizeAsync(new { text, voice = "af_heart" }, other);
        var otherVoice = await fixture.SynthesizeAsync(new { text, voice = "bf_emma" }, other);
        var otherSpeed = await fixture.SynthesizeAsync(new { text, voice = "af_heart", speed = 1.5 }, other);
        var otherText = await fixture.SynthesizeAsync(new { text = text + "!", voice = "af_heart" }, other);

        same.Cache.Should().Be("hit");
        new[] { otherVoice, otherSpeed, otherText }.Should().OnlyContain(one => one.Cache == "miss");
        fixture.RequestsWith(text).Select(request => (request.Voice, request.Speed)).Should().Equal(("af_heart", 1), ("bf_emma", 1), ("af_heart", 1.5), ("af_heart", 1));
    }

    [Fact]
    public async Task Audio_allows_only_private_caching_with_a_stable_ETag()
    {
        var text = SpeechFixture.NewText();

        var first = (await fixture.SynthesizeAsync(new { text })).Response;
        var second = (await fixture.SynthesizeAsync(new { text })).Response;
        var other = (await fixture.SynthesizeAsync(new { text = text + "!" })).Response;

        first.Headers.CacheControl!.Private.Should().BeTrue();
        first.Headers.ETag.Should().NotBeNull().And.Be(second.Headers.ETag).And.NotBe(other.Headers.ETag);
        first.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task Redis_holds_the_audio_for_a_week_and_invalid_entries_are_ignored()
    {
        var text = SpeechFixture.NewText();
        var response = await fixture.SynthesizeAsync(new { text });
        var redis = fixture.Host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        RedisKey key = $"jarvis:tts:{response.Response.Headers.ETag!.Tag.Trim('"')}";

        // The listener receives the audio before it is cached.
        var stored = await JarvisClient.UntilAsync(async () => (byte[]?)await redis.StringGetAsync(key), found => found is not null);
        stored.Should().Equal(fixture.Audio);
        (await redis.KeyTimeToLiveAsync(key)).Should().BeCloseTo(TimeSpan.FromDays(7), TimeSpan.FromMinutes(5));

        await redis.StringSetAsync(key, "<html>Not a sound</html>");
        var expired = await JarvisClient.UntilAsync(() => fixture.SynthesizeAsync(new { text }), next => next.Cache == "miss");
        expired.Audio.Should().Equal(fixture.Audio);
    }

    [Fact]
    public async Task Chatterbox_audio_has_WAV_content_type_for_an_MP3_request()
    {
        var response = await fixture.SynthesizeAsync(new { text = "This is Chatterbox.", provider = "chatterbox" });

        response.ContentType.Should().Be("audio/wav");
        (await WavBuilder.LengthAsync(response.Audio)).Should().BeGreaterThan(TimeSpan.FromMilliseconds(500));
        fixture.Chatterbox.Requests.Should().ContainSingle().Which.Should().Match<SpeechRequestLog>(request => request.Voice == "alloy" && request.Format == "mp3");
    }

    [Fact]
    public async Task Requests_are_synthesized_without_cache_during_Redis_outage()
    {
        await using var host = await JarvisHost.StartAsync(("Speech:Speaches:BaseUrl", fixture.Speaches.BaseUrl.ToString()));
        using var person = await JarvisClient.RegisterAsync(host);
        using var program = await person.WithTokenAsync(host);
        var text = SpeechFixture.NewText();
        await host.StopRedisAsync();

        var first = await fixture.SynthesizeAsync(new { text }, program);
        var second = await JarvisClient.UntilAsync(() => fixture.SynthesizeAsync(new { text }, program), next => next.Cache == "miss");

        first.Cache.Should().Be("miss");
        second.Audio.Should().Equal(fixture.Audio);
    }

    [Fact]
    public async Task Speech_over_the_users_limit_is_rejected_with_retry_after()
    {
        await using var host = await JarvisHost.StartAsync(
            ("Speech:Speaches:BaseUrl", fixture.Speaches.BaseUrl.ToString()),
            ("RateLimits:Speech:Permits", "2"),
            ("RateLimits:Speech:Per", "01:00:00"));
        using var limitedUser = await JarvisClient.RegisterAsync(host);
        using var program = await limitedUser.WithTokenAsync(host);
        using var other = await JarvisClient.RegisterAsync(host);
        var text = SpeechFixture.NewText();
        await fixture.SynthesizeAsync(new { text }, limitedUser);
        await fixture.SynthesizeAsync(new { text }, program);

        using var refused = await fixture.AskAsync(new { text }, limitedUser);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("limit.speaking");
        (await limitedUser.GetAsync("/speech/config")).Text("fallback").Should().Be("browser");
        (await fixture.SynthesizeAsync(new { text }, other)).Cache.Should().Be("hit");
    }
}
