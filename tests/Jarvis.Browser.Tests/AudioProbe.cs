using System.Text.Json;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

/// <summary>
/// Records the audio of a page: real playback through its audio element, and a fake speech synthesis, because this Chromium has no voices.
/// </summary>
internal sealed class AudioProbe(BrowserSession session)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <param name="hasVoice">True if the browser has an English and a Polish voice.</param>
    /// <param name="blocksPlayback">True if the browser plays nothing until <c>audioProbe.allowed</c> is true.</param>
    public static async Task<AudioProbe> InstallAsync(BrowserSession session, bool hasVoice = true, bool blocksPlayback = false)
    {
        await session.Context.AddInitScriptAsync($"const hasVoice = {(hasVoice ? "true" : "false")}, blocksPlayback = {(blocksPlayback ? "true" : "false")};\n{Script}");

        return new AudioProbe(session);
    }

    /// <summary>Utterances started so far, in order: the speaker and the text.</summary>
    public async Task<IReadOnlyList<(string By, string Text)>> PlayedAsync() =>
        [.. (await session.Page.EvaluateAsync<JsonElement>("audioProbe.played")).EnumerateArray().Select(one => (one.GetProperty("by").GetString()!, one.GetProperty("text").GetString()!))];

    public async Task<IReadOnlyList<string>> TextsAsync() => [.. (await PlayedAsync()).Select(one => one.Text)];

    /// <summary>True if audio is audible at the moment.</summary>
    public Task<bool> IsAudibleAsync() => session.Page.EvaluateAsync<bool>("audioProbe.speaking()");

    /// <summary>Number of attempts to play audio.</summary>
    public Task<int> PlayAttemptsAsync() => session.Page.EvaluateAsync<int>("audioProbe.playAttempts");

    /// <summary>Times at which each sentence was requested from the server and at which its playback ended.</summary>
    public async Task<IReadOnlyList<string>> LogAsync() => await session.Page.EvaluateAsync<string[]>("audioProbe.log");

    public async Task UntilAsync(Func<IReadOnlyList<(string By, string Text)>, bool> condition)
    {
        for (var deadline = Environment.TickCount64 + Timeout.TotalMilliseconds; Environment.TickCount64 < deadline; await Task.Delay(50))
        {
            if (condition(await PlayedAsync()))
            {
                return;
            }
        }

        throw new TimeoutException("Played only: " + string.Join(" | ", (await PlayedAsync()).Select(one => $"{one.By}: {one.Text}")));
    }

    /// <summary>Waits until playback has ended.</summary>
    public static Task WaitUntilSilentAsync(ILocator turn) => turn.Locator(".speak[data-voice='idle']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private const string Script =
        """
        window.audioProbe = { played: [], log: [], playAttempts: 0, allowed: !blocksPlayback, last: null, utterance: null };
        audioProbe.speaking = () => (audioProbe.last !== null && !audioProbe.last.paused && !audioProbe.last.ended) || audioProbe.utterance !== null;
        const texts = new Map();
        const { fetch } = window;
        window.fetch = async (address, options) => {
          if (String(address) === '/speech/synthesize') {
            audioProbe.log.push(`fetch ${JSON.parse(options.body).text}`);
          }
          const response = await fetch(address, options);
          if (String(address) === '/speech/synthesize') {
            const { text } = JSON.parse(options.body);
            const blob = response.blob.bind(response);
            response.blob = async () => {
              const sound = await blob();
              sound.said = text;
              return sound;
            };
          }
          return response;
        };
        const { createObjectURL } = URL;
        URL.createObjectURL = blob => {
          const address = createObjectURL.call(URL, blob);
          texts.set(address, blob.said);
          return address;
        };
        const { play } = HTMLMediaElement.prototype;
        HTMLMediaElement.prototype.play = function () {
          audioProbe.playAttempts++;
          if (!audioProbe.allowed) {
            return Promise.reject(new DOMException('not now', 'NotAllowedError'));
          }
          const said = texts.get(this.src);
          if (said !== undefined) {
            audioProbe.last = this;
            audioProbe.played.push({ by: 'server', text: said });
            this.addEventListener('ended', () => audioProbe.log.push(`end ${said}`), { once: true, capture: true });
          }
          return play.call(this);
        };
        const voices = hasVoice
          ? [{ lang: 'en-GB', name: 'Anne', localService: true, default: true }, { lang: 'pl-PL', name: 'Ewa', localService: true, default: false }]
          : [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, 'speechSynthesis', { value: {
          getVoices: () => voices,
          addEventListener: () => {},
          speak: utterance => {
            if (utterance.text === '' || !hasVoice) {
              return;
            }
            audioProbe.played.push({ by: utterance.voice.name, text: utterance.text });
            audioProbe.utterance = utterance;
            audioProbe.timer = setTimeout(() => {
              utterance.onstart?.();
              audioProbe.timer = setTimeout(() => { audioProbe.utterance = null; utterance.onend?.(); }, 250);
            });
          },
          cancel: () => {
            clearTimeout(audioProbe.timer);
            audioProbe.utterance = null;
          },
        } });
        window.SpeechRecognition = class extends EventTarget {
          start() { audioProbe.recognition = this; audioProbe.said = []; }
          stop() { this.dispatchEvent(new Event('end')); }
          abort() { this.dispatchEvent(new Event('end')); }
        };
        audioProbe.dictate = (...said) => audioProbe.recognition.dispatchEvent(Object.assign(new Event('result'), { results: said.map(transcript => [{ transcript }]) }));
        """;
}
