const timeout = 20_000;
const whenIdle = callback => 'requestIdleCallback' in window ? requestIdleCallback(callback, { timeout: 1_000 }) : setTimeout(callback);
let worker = null;
let queue = Promise.resolve();

/** Highlights one code element. A worker does it, so that code of any length leaves the page responsive. */
export function highlight(element, language) {
  queue = queue.then(async () => {
    const html = await request({ code: element.textContent, language });
    if (html !== null && element.isConnected) {
      await new Promise(whenIdle);
      element.innerHTML = html;
    }
  });
}

// Resolves to null for an unknown language, and if the worker fails or a grammar does not end in time. The code then remains plain.
function request(message) {
  worker ??= new Worker(new URL('./highlight-worker.js', import.meta.url), { type: 'module' });

  return new Promise(resolve => {
    const abandon = () => {
      worker.terminate();
      worker = null;
      resolve(null);
    };
    const timer = setTimeout(abandon, timeout);
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.onerror = () => {
      clearTimeout(timer);
      abandon();
    };
    worker.postMessage(message);
  });
}
