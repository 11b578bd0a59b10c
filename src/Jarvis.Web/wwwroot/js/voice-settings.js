import { abortable } from './abortable.js';
import { send } from './api.js';
import { BrowserVoice } from './speech-browser.js';
import { text } from './texts.js';

const samples = {
  en: 'Good morning. I am Jarvis, and this is how I sound when I read to you.',
  pl: 'Dzień dobry. Jestem Jarvis i tak brzmię, kiedy Ci czytam.',
};
const button = document.getElementById('voice-sample');
const voiceSelect = document.getElementById('VoiceKey');
const status = document.getElementById('voice-sample-status');
const speed = document.getElementById('SpeechSpeed');
const audio = new Audio();
const browserVoice = new BrowserVoice();
let controller = null;

button.addEventListener('click', async () => {
  controller?.abort();
  controller = new AbortController();
  const { signal } = controller;
  status.textContent = '';
  try {
    await (voiceSelect ? playServerSample(signal) : playBrowserSample(signal));
  } catch (error) {
    if (!signal.aborted) {
      status.textContent = error.status ? error.message : text('voiceNone');
    }
  }
});
voiceSelect?.addEventListener('change', () => controller?.abort());
addEventListener('pagehide', () => controller?.abort());

async function playServerSample(signal) {
  const [provider, model, voice] = voiceSelect.value.split('|');
  const language = voiceSelect.selectedOptions[0].dataset.language ?? document.documentElement.lang;
  const response = await send('POST', '/speech/synthesize', {
    text: samples[language] ?? samples.en,
    provider,
    model,
    voice,
    speed: Number(speed.value.replace(',', '.')) || undefined,
  }, 'audio/*', signal);
  const url = URL.createObjectURL(await response.blob());
  try {
    audio.src = url;
    await audio.play();
    await abortable(signal, new Promise(resolve => { audio.onended = audio.onerror = resolve; }));
  } finally {
    audio.pause();
    URL.revokeObjectURL(url);
  }
}

function playBrowserSample(signal) {
  const language = document.documentElement.lang;

  return browserVoice.speak({ text: samples[language] ?? samples.en, language }, signal);
}
