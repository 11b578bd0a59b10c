import { text } from './texts.js';

const csrfToken = document.querySelector('meta[name="csrf-token"]').content;

/** An error response. The message is a sentence for the user. The status is 0 if the server did not respond. */
export class ApiError extends Error {
  constructor(message, status = 0, code = '', retryAfter = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Sends a request and returns the response, or throws an ApiError. Opens the sign-in page if the session has ended. */
export async function send(method, url, body, accept = 'application/json', signal = undefined) {
  const headers = { Accept: accept, 'X-CSRF-TOKEN': csrfToken };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }

  let response;
  try {
    response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch {
    throw new ApiError(text(navigator.onLine ? 'unreachable' : 'offline'));
  }

  if (response.ok) {
    return response;
  }

  if (response.status === 401) {
    location.assign(`/account/login?returnUrl=${encodeURIComponent(location.pathname)}`);
  }

  const problem = await response.json().catch(() => ({}));
  throw new ApiError(problem.detail ?? text('error'), response.status, problem.code, Number(response.headers.get('Retry-After')) || null);
}

export const get = async url => (await send('GET', url)).json();
