import { BrowserVoice } from './speech-browser.js';
import { Reading } from './speech-reading.js';
import { ServerVoice } from './speech-server.js';

/** Reads answers aloud, one at a time. */
export function startSpeaker({ audio, announce }) {
  const voices = { server: new ServerVoice(audio), browser: new BrowserVoice() };
  let reading = null;

  const stop = () => {
    reading?.stop();
    reading = null;
  };
  const begin = turn => {
    stop();
    reading = new Reading(turn.element, voices, announce);
    reading.run();

    return reading;
  };

  return {
    begin,
    stop,
    /** The button under an answer: begins, stops, or goes on where a browser had wanted a gesture first. */
    press: (turn, goOn) => {
      const mine = reading?.turn === turn.element && reading.isOpen;
      if (mine && (goOn || reading.isBlocked)) {
        reading.goOn();
      } else if (mine) {
        stop();
      } else {
        begin(turn).catchUp(turn.id);
      }
    },
  };
}
