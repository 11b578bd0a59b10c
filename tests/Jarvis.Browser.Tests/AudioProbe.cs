using System.Text.Json;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

/// <summary>Hears what a page says: through its audio element, really played, and through a browser's voice, which Chromium here has none of.</summary>
internal sealed class AudioProbe(BrowserSession visit)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <param name="hasVoice">Whether the browser has a voice of its own: an English and a Polish one.</param>
    /// <param name="refuses">Whether it plays nothing until <c>ears.allowed</c> is true.</param>
    public static async Task<AudioProbe> InstallAsync(BrowserSession visit, bool hasVoice = true, bool refuses = false)
    {
        await visit.Context.AddInitScriptAsync($"const hasVoice = {(hasVoice ? "true" : "false")}, refuses = {(refuses ? "true" : "false")};\n{Script}");

        return new AudioProbe(visit);
    }

    /// <summary>What was begun so far, in order: who speaks and what.</summary>
    public async Task<IReadOnlyList<(string By, string Text)>> PlayedAsync() =>
        [.. (await visit.Page.EvaluateAsync<JsonElement>("ears.heard")).EnumerateArray().Select(one => (one.GetProperty("by").GetString()!, one.GetProperty("text").GetString()!))];

    public async Task<IReadOnlyList<string>> TextsAsync() => [.. (await PlayedAsync()).Select(one => one.Text)];

    /// <summary>Whether anything can be heard at this moment.</summary>
    public Task<bool> WaitForAudioAsync() => visit.Page.EvaluateAsync<bool>("ears.speaking()");

    /// <summary>How often the page asked to make a sound.</summary>
    public Task<int> AskedAsync() => visit.Page.EvaluateAsync<int>("ears.asked");

    /// <summary>When each sentence was fetched from the server, and when it had been said.</summary>
    public async Task<IReadOnlyList<string>> LogAsync() => await visit.Page.EvaluateAsync<string[]>("ears.log");

    public async Task UntilAsync(Func<IReadOnlyList<(string By, string Text)>, bool> holds)
    {
        for (var deadline = Environment.TickCount64 + Timeout.TotalMilliseconds; Environment.TickCount64 < deadline; await Task.Delay(50))
        {
            if (holds(await PlayedAsync()))
            {
                return;
            }
        }

        throw new TimeoutException("Heard only: " + string.Join(" | ", (await PlayedAsync()).Select(one => $"{one.By}: {one.Text}")));
    }

    /// <summary>Nothing is read there any more.</summary>
    public static Task SilentAsync(ILocator turn) => turn.Locator(".speak[data-voice='idle']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private const string Script =
        """
        window.ears = { heard: [], log: [], asked: 0, allowed: !refuses, last: null, utterance: null };
        ears.speaking = () => (ears.last !== null && !ears.last.paused && !ears.last.ended) || ears.utterance !== null;
        const texts = new Map();
        const { fetch } = window;
        window.fetch = async (address, options) => {
          if (String(address) === '/speech/synthesize') {
            ears.log.push(`fetch ${JSON.parse(options.body).text}`);
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
          ears.asked++;
          if (!ears.allowed) {
            return Promise.reject(new DOMException('not now', 'NotAllowedError'));
          }
          const said = texts.get(this.src);
          if (said !== undefined) {
            ears.last = this;
            ears.heard.push({ by: 'server', text: said });
            this.addEventListener('ended', () => ears.log.push(`end ${said}`), { once: true, capture: true });
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
            ears.heard.push({ by: utterance.voice.name, text: utterance.text });
            ears.utterance = utterance;
            ears.timer = setTimeout(() => {
              utterance.onstart?.();
              ears.timer = setTimeout(() => { ears.utterance = null; utterance.onend?.(); }, 250);
            });
          },
          cancel: () => {
            clearTimeout(ears.timer);
            ears.utterance = null;
          },
        } });
        window.SpeechRecognition = class extends EventTarget {
          start() { ears.recognition = this; ears.said = []; }
          stop() { this.dispatchEvent(new Event('end')); }
          abort() { this.dispatchEvent(new Event('end')); }
        };
        ears.hear = (...said) => ears.recognition.dispatchEvent(Object.assign(new Event('result'), { results: said.map(transcript => [{ transcript }]) }));
        """;
}
