import { BrowserVoice } from './speech-browser.js';
import { AnswerPlayback } from './speech-playback.js';
import { ServerVoice } from './speech-server.js';

/** Creates the player that reads answers aloud, one at a time. */
export function createSpeechPlayer({ audio, announce }) {
  const voices = { server: new ServerVoice(audio), browser: new BrowserVoice() };
  let playback = null;

  const stop = () => {
    playback?.stop();
    playback = null;
  };
  const start = turn => {
    stop();
    playback = new AnswerPlayback(turn.element, voices, announce);
    playback.run();

    return playback;
  };

  return {
    start,
    stop,
    /** Handles the button under an answer: starts, stops, or resumes a playback that the browser blocked. */
    onClick: (turn, isResume) => {
      const isPlaying = playback?.turnElement === turn.element && playback.isActive;
      if (isPlaying && (isResume || playback.isBlocked)) {
        playback.resume();
      } else if (isPlaying) {
        stop();
      } else {
        start(turn).loadMissing(turn.id);
      }
    },
  };
}
