using System.Threading.Channels;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Ai.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Ai.Speech;

/// <summary>Concurrent requests for one text share one synthesis. The test controls the synthesizer; Redis is not available.</summary>
public sealed class CachingSpeechSynthesizerTests
{
    private const int Keepable = 100;
    private static readonly SpeechRequest Request = new("speaches", "kokoro", "heart", SpeechSpeed.Default, SpeechFormat.Mp3, "Hello");

    private readonly ControllableSynthesizer inner = new();
    private readonly CachingSpeechSynthesizer synthesizer;

    public CachingSpeechSynthesizerTests()
    {
        var redis = Substitute.For<IConnectionMultiplexer>();
        redis.GetDatabase(Arg.Any<int>(), Arg.Any<object?>()).Returns(_ => throw new TimeoutException("Redis is unavailable."));
        var bounds = Options.Create(new SpeechCacheOptions { MaxEntryBytes = Keepable });
        synthesizer = new CachingSpeechSynthesizer(inner, new SpeechCache(redis, bounds, TimeProvider.System, NullLogger<SpeechCache>.Instance), bounds);
    }

    [Fact]
    public async Task Late_subscriber_receives_all_audio()
    {
        var first = ListenAsync();
        var run = await inner.NextAsync();
        run.Emit(30);
        run.Emit(30);
        using var late = (await synthesizer.SynthesizeAsync(Request, CancellationToken.None)).Value;

        run.End();

        (await first).Should().Be((60, false));
        (await LengthAsync(late)).Should().Be(60);
        late.IsCached.Should().BeTrue("nothing was synthesized for it");
        inner.Count.Should().Be(1);
    }

    [Fact]
    public async Task Audio_too_long_to_cache_is_complete_but_accepts_no_new_subscribers()
    {
        var first = ListenAsync();
        var run = await inner.NextAsync();
        run.Emit(60);
        var second = ListenAsync();
        run.Emit(60);
        await run.WhenReadAsync();

        var third = ListenAsync();
        var own = await inner.NextAsync();
        own.Emit(10);
        own.End();
        run.End();

        (await first).Length.Should().Be(120);
        (await second).Length.Should().Be(120);
        (await third).Should().Be((10, false));
    }

    [Fact]
    public async Task Error_reaches_all_subscribers_and_next_request_synthesizes_again()
    {
        var first = synthesizer.SynthesizeAsync(Request, CancellationToken.None);
        var second = synthesizer.SynthesizeAsync(Request, CancellationToken.None);
        (await inner.NextAsync()).Refuse(new Error(ErrorKind.Unavailable, "test.away", $"Away."));

        (await first).Error!.Code.Should().Be("test.away");
        (await second).Error!.Code.Should().Be("test.away");

        var third = ListenAsync();
        var run = await inner.NextAsync();
        run.Emit(1);
        run.End();
        (await third).Length.Should().Be(1);
    }

    [Fact]
    public async Task Broken_audio_stream_fails_for_all_subscribers()
    {
        var first = ListenAsync();
        var second = ListenAsync();
        var run = await inner.NextAsync();
        run.Emit(10);
        run.Break(new SpeechStreamException("The stream broke."));

        await first.Invoking(listening => listening).Should().ThrowAsync<SpeechStreamException>();
        await second.Invoking(listening => listening).Should().ThrowAsync<SpeechStreamException>();
    }

    [Fact]
    public async Task Synthesis_runs_until_the_last_subscriber_leaves()
    {
        using var leaving = new CancellationTokenSource();
        var waiting = synthesizer.SynthesizeAsync(Request, leaving.Token);
        var listener = synthesizer.SynthesizeAsync(Request, CancellationToken.None);
        var run = await inner.NextAsync();

        await leaving.CancelAsync();
        await waiting.Invoking(asked => asked).Should().ThrowAsync<OperationCanceledException>();
        run.Stopped.IsCancellationRequested.Should().BeFalse();
        run.Emit(10);
        var audio = (await listener).Value;
        audio.Dispose();
        audio.Dispose();

        run.Stopped.IsCancellationRequested.Should().BeTrue();
    }

    private async Task<(int Length, bool IsCached)> ListenAsync()
    {
        using var audio = (await synthesizer.SynthesizeAsync(Request, CancellationToken.None)).Value;

        return (await LengthAsync(audio), audio.IsCached);
    }

    private static async Task<int> LengthAsync(AudioStream audio)
    {
        var length = 0;
        await foreach (var chunk in audio.Chunks)
        {
            length += chunk.Length;
        }

        return length;
    }

    private sealed class ControllableSynthesizer : ISpeechSynthesizer
    {
        private readonly Channel<ControllableRun> runs = Channel.CreateUnbounded<ControllableRun>();

        public int Count { get; private set; }

        public ValueTask<ControllableRun> NextAsync() => runs.Reader.ReadAsync();

        public Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
        {
            Count++;
            var run = new ControllableRun(cancellationToken);
            runs.Writer.TryWrite(run);

            return run.Started.WaitAsync(cancellationToken);
        }
    }

    private sealed class ControllableRun(CancellationToken stopped)
    {
        private readonly TaskCompletionSource<Result<AudioStream>> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<ReadOnlyMemory<byte>> chunks = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

        public CancellationToken Stopped => stopped;

        public Task<Result<AudioStream>> Started => started.Task;

        public void Emit(int bytes)
        {
            chunks.Writer.TryWrite(new byte[bytes]);
            started.TrySetResult(new AudioStream("name", "audio/mpeg", isCached: false, null, chunks.Reader.ReadAllAsync(stopped), () => { }));
        }

        public void Refuse(Error error) => started.TrySetResult(error);

        public void Break(Exception cause) => chunks.Writer.TryComplete(cause);

        public void End() => chunks.Writer.TryComplete();

        /// <summary>Waits until all audio has been read.</summary>
        public Task WhenReadAsync() => Jarvis.TestSupport.Services.Eventually.IsTrueAsync(() => Task.FromResult(chunks.Reader.Count == 0), "all audio is read");
    }
}
