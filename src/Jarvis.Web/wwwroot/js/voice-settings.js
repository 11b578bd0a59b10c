import { send } from './api.js';
import { BrowserVoice } from './speech-browser.js';
import { until } from './speech-server.js';
import { text } from './texts.js';

const samples = {
  en: 'Good morning. I am Jarvis, and this is how I sound when I read to you.',
  pl: 'Dzień dobry. Jestem Jarvis i tak brzmię, kiedy Ci czytam.',
};
const button = document.getElementById('voice-sample');
const choice = document.getElementById('VoiceKey');
const said = document.getElementById('voice-said');
const speed = document.getElementById('SpeechSpeed');
const audio = new Audio();
const browser = new BrowserVoice();
let playing = null;

button.addEventListener('click', async () => {
  playing?.abort();
  playing = new AbortController();
  const { signal } = playing;
  said.textContent = '';
  try {
    await (choice ? fromServer(signal) : fromBrowser(signal));
  } catch (failure) {
    if (!signal.aborted) {
      said.textContent = failure.status ? failure.message : text('voiceNone');
    }
  }
});
choice?.addEventListener('change', () => playing?.abort());
addEventListener('pagehide', () => playing?.abort());

async function fromServer(signal) {
  const [provider, model, voice] = choice.value.split('|');
  const language = choice.selectedOptions[0].dataset.language ?? document.documentElement.lang;
  const response = await send('POST', '/speech/synthesize', {
    text: samples[language] ?? samples.en,
    provider,
    model,
    voice,
    speed: Number(speed.value.replace(',', '.')) || undefined,
  }, 'audio/*', signal);
  const address = URL.createObjectURL(await response.blob());
  try {
    audio.src = address;
    await audio.play();
    await until(signal, new Promise(resolve => { audio.onended = audio.onerror = resolve; }));
  } finally {
    audio.pause();
    URL.revokeObjectURL(address);
  }
}

function fromBrowser(signal) {
  const language = document.documentElement.lang;

  return browser.say({ text: samples[language] ?? samples.en, language }, signal);
}
