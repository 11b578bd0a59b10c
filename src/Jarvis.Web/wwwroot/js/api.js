import { text } from './texts.js';

const csrf = document.querySelector('meta[name="csrf-token"]').content;

/** What Jarvis refused; the message is a sentence for the person. Without a status nobody answered. */
export class Refusal extends Error {
  constructor(message, status = 0, code = '', retryAfter = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Sends a call and gives the response, or throws a Refusal. Whoever was signed out elsewhere is led to sign in. */
export async function send(method, address, body, accept = 'application/json', signal = undefined) {
  const headers = { Accept: accept, 'X-CSRF-TOKEN': csrf };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }

  let response;
  try {
    response = await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch {
    throw new Refusal(text(navigator.onLine ? 'unreachable' : 'offline'));
  }

  if (response.ok) {
    return response;
  }

  if (response.status === 401) {
    location.assign(`/account/login?returnUrl=${encodeURIComponent(location.pathname)}`);
  }

  const problem = await response.json().catch(() => ({}));
  throw new Refusal(problem.detail ?? text('error'), response.status, problem.code, Number(response.headers.get('Retry-After')) || null);
}

export const get = async address => (await send('GET', address)).json();
