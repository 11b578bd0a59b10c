using System.Runtime.CompilerServices;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Tests;

/// <summary>Two speech servers with a few voices; the test chooses which are configured. Records all speech requests.</summary>
internal sealed class ScriptedSpeech : ISpeechProviders, ISpeechSynthesizer
{
    public HashSet<string> Configured { get; } = ["speaches"];

    public List<SpeechRequest> Requests { get; } = [];

    public IReadOnlyDictionary<string, bool?> LastKnown => Configured.ToDictionary(id => id, _ => (bool?)null);

    public IReadOnlyList<SpeechProvider> List() =>
    [
        new("speaches", "Speaches", Configured.Contains("speaches"),
        [
            new("kokoro", [new("heart", "Heart", "en-US"), new("emma", "Emma", "en-GB"), new("twin", "Twin", "en-GB")]),
            new("piper-pl", [new("gosia", "Gosia", "pl-PL")]),
            new("piper-en", [new("twin", "Twin", "en-US"), new("amy", "Amy", "en-US")]),
        ]),
        new("chatterbox", "Chatterbox", Configured.Contains("chatterbox"), [new("chatterbox-1", [new("alloy", "Chatterbox", "en-US")])]),
    ];

    public Task<IReadOnlySet<string>> FindAvailableAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<string>>(Configured);

    public Task<Result<AudioStream>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);

        return Task.FromResult<Result<AudioStream>>(new AudioStream("name", "audio/mpeg", isCached: false, 3, AudioAsync(cancellationToken), () => { }));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> AudioAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.WaitAsync(cancellationToken);
        yield return new byte[] { 1, 2, 3 };
    }
}
