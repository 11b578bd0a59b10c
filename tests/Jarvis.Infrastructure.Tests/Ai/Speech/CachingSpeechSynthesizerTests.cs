using System.Threading.Channels;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Ai.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Ai.Speech;

/// <summary>Concurrent requests for one text share one synthesis. The test controls the synthesizer; Redis is not available.</summary>
public sealed class CachingSpeechSynthesizerTests
{
    private const int MaxCacheableBytes = 100;
    private static readonly SpeechRequest Request = new("speaches", "kokoro", "heart", SpeechSpeed.Default, SpeechFormat.Mp3, "Hello");

    private readonly ControllableSynthesizer inner = new();
    private readonly CachingSpeechSynthesizer synthesizer;

    public CachingSpeechSynthesizerTests()
    {
        var redis = Substitute.For<IConnectionMultiplexer>();
        redis.GetDatabase(Arg.Any<int>(), Arg.Any<object?>()).Returns(_ => throw new TimeoutException("Redis is unavailable."));
        var options = Options.Create(new SpeechCacheOptions { MaxEntryBytes = MaxCacheableBytes });
        synthesizer = new CachingSpeechSynthesizer(inner, new SpeechCache(redis, options, TimeProvider.System, NullLogger<SpeechCache>.Instance), options);
    }

    [Fact]
    public async Task Late_subscriber_receives_all_audio()
    {
        var first = ListenAsync();
        var run = await inner.NextAsync();
        run.Send(30);
        run.Send(30);
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
        run.Send(60);
        var second = ListenAsync();
        run.Send(60);
        await run.WaitUntilReadAsync();

        var third = ListenAsync();
        var own = await inner.NextAsync();
        own.Send(10);
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
        (await inner.NextAsync()).Fail(new Error(ErrorKind.Unavailable, "test.unavailable", $"Unavailable."));

        (await first).Error!.Code.Should().Be("test.unavailable");
        (await second).Error!.Code.Should().Be("test.unavailable");

        var third = ListenAsync();
        var run = await inner.NextAsync();
        run.Send(1);
        run.End();
        (await third).Length.Should().Be(1);
    }

    [Fact]
    public async Task Broken_audio_stream_fails_for_all_subscribers()
    {
        var first = ListenAsync();
        var second = ListenAsync();
        var run = await inner.NextAsync();
        run.Send(10);
        run.Break(new SpeechStreamException("The stream ended early."));

        await first.Invoking(task => task).Should().ThrowAsync<SpeechStreamException>();
        await second.Invoking(task => task).Should().ThrowAsync<SpeechStreamException>();
    }

    [Fact]
    public async Task Synthesis_runs_until_the_last_subscriber_leaves()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = synthesizer.SynthesizeAsync(Request, cancellation.Token);
        var listener = synthesizer.SynthesizeAsync(Request, CancellationToken.None);
        var run = await inner.NextAsync();

        await cancellation.CancelAsync();
        await waiting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        run.Stopped.IsCancellationRequested.Should().BeFalse();
        run.Send(10);
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
        private readonly TaskCompletionSource<Result<AudioStream>> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<ReadOnlyMemory<byte>> chunks = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

        public CancellationToken Stopped => stopped;

        public Task<Result<AudioStream>> Started => result.Task;

        public void Send(int bytes)
        {
            chunks.Writer.TryWrite(new byte[bytes]);
            result.TrySetResult(new AudioStream("name", "audio/mpeg", isCached: false, null, chunks.Reader.ReadAllAsync(stopped), () => { }));
        }

        public void Fail(Error error) => result.TrySetResult(error);

        public void Break(Exception cause) => chunks.Writer.TryComplete(cause);

        public void End() => chunks.Writer.TryComplete();

        /// <summary>Waits until the synthesizer has read all chunks.</summary>
        public Task WaitUntilReadAsync() => Jarvis.TestSupport.Services.Eventually.IsTrueAsync(() => Task.FromResult(chunks.Reader.Count == 0), "all chunks were read");
    }
}
