using Jarvis.Application.Speech;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Ai.Speech;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Speech;

/// <summary>Requests to a speech server and the limits of its responses. The web tests cover the faults over HTTP.</summary>
public sealed class OpenAiSpeechSynthesizerTests : IAsyncLifetime
{
    private static readonly byte[] Audio = [.. "ID3"u8, .. new byte[50_000]];

    private readonly List<IAsyncDisposable> owned = [];
    private SpeechStandIn server = null!;

    public async ValueTask InitializeAsync()
    {
        owned.Add(server = await SpeechStandIn.StartAsync());
        server.Audio = _ => Task.FromResult(Audio);
    }

    public async ValueTask DisposeAsync()
    {
        owned.Reverse();
        foreach (var one in owned)
        {
            await one.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("")]
    [InlineData("/")]
    public async Task Base_URL_works_with_and_without_version(string path)
    {
        var address = new Uri(server.BaseUrl, path.Length == 0 ? "/" : path);

        (await LengthAsync(CreateSynthesizer(("Speech:Speaches:BaseUrl", path.Length == 0 ? address.ToString().TrimEnd('/') : address.ToString())))).Should().Be(Audio.Length);
    }

    [Fact]
    public async Task Empty_speech_setting_counts_as_not_set()
    {
        var providers = Services(("Speech:Chatterbox:BaseUrl", ""), ("Speech:Speaches:ApiKey", ""), ("Speech:VoicesFile", "")).GetRequiredService<ISpeechProviders>();

        providers.List().Select(provider => (provider.Id, provider.IsConfigured)).Should().Equal(("speaches", true), ("chatterbox", false));
        await LengthAsync(CreateSynthesizer(("Speech:Speaches:ApiKey", "")));
        server.Requests.Should().ContainSingle().Which.Key.Should().BeNull();
    }

    [Fact]
    public async Task Endless_audio_stream_fails_at_the_maximum_duration()
    {
        server.AddFault(SpeechFault.NeverEnding with { ChunkDelay = TimeSpan.FromMilliseconds(20) });

        var act = () => LengthAsync(CreateSynthesizer(("Speech:MaxDuration", "00:00:01")));

        await act.Should().ThrowAsync<SpeechStreamException>();
        (await server.Requests[0].Ended.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue("the request is aborted");
    }

    [Fact]
    public async Task Server_availability_follows_the_latest_call()
    {
        var services = Services();
        var providers = services.GetRequiredService<ISpeechProviders>();
        providers.LastKnown["speaches"].Should().BeNull();

        (await providers.FindAvailableAsync(CancellationToken.None)).Should().Equal("speaches");
        server.AddFault(SpeechFault.ServerError);
        await services.GetRequiredService<OpenAiSpeechSynthesizer>().SynthesizeAsync(Request, CancellationToken.None);

        (await providers.FindAvailableAsync(CancellationToken.None)).Should().BeEmpty();
        providers.LastKnown["speaches"].Should().BeFalse();
        server.ClearFaults();
        await LengthAsync(services.GetRequiredService<OpenAiSpeechSynthesizer>());
        (await providers.FindAvailableAsync(CancellationToken.None)).Should().Equal("speaches");
    }

    [Fact]
    public async Task Cancellation_ends_the_request_at_the_server()
    {
        server.AddFault(SpeechFault.Silence);
        using var cancellation = new CancellationTokenSource();
        var synthesis = CreateSynthesizer().SynthesizeAsync(Request, cancellation.Token);
        await TestSupport.Services.Eventually.IsTrueAsync(() => Task.FromResult(server.Requests.Count == 1), "the server received the request");

        await cancellation.CancelAsync();

        await synthesis.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await server.Requests[0].Ended.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();
    }

    private static SpeechRequest Request { get; } = new("speaches", "kokoro", "heart", new SpeechSpeed(1.5f), SpeechFormat.Mp3, "Hello");

    private static async Task<int> LengthAsync(OpenAiSpeechSynthesizer synthesizer)
    {
        using var audio = (await synthesizer.SynthesizeAsync(Request, CancellationToken.None)).Value;
        var length = 0;
        await foreach (var chunk in audio.Chunks)
        {
            length += chunk.Length;
        }

        return length;
    }

    private OpenAiSpeechSynthesizer CreateSynthesizer(params (string Key, string Value)[] settings) => Services(settings).GetRequiredService<OpenAiSpeechSynthesizer>();

    private ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        values.TryAdd("Speech:Speaches:BaseUrl", server.BaseUrl.ToString());
        var services = new ServiceCollection().AddCapturedLogging().AddSpeech(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
        owned.Add(services);

        return services;
    }
}
