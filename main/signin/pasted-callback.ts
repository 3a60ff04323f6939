import { fail, ok, type Result } from '../lib/result.ts';
import { decideCallback, type CallbackAnswer, type ExpectedCallback } from './callback-request.ts';

/**
 * Reads the callback address that a person copied from their browser, by the same rules as a callback that arrives
 * directly. Browsers may leave out `http://` when they copy. Fails with `invalid-input`.
 */
export function readPastedCallback(
  text: string,
  expected: ExpectedCallback<unknown>,
): Result<CallbackAnswer> {
  const { redirectUri, state } = expected;
  const refuse = (message: string): Result<never> =>
    fail(
      'invalid-input',
      message,
      `Copy the complete address that the browser shows after signing in; it begins with ${redirectUri}?`,
    );
  const trimmed = text.trim();
  const address = /^(localhost|127\.0\.0\.1|\[::1\])[:/]/i.test(trimmed) ? `http://${trimmed}` : trimmed;
  if (!URL.canParse(address)) return refuse('This is not an address.');
  const url = new URL(address);
  const registered = new URL(redirectUri);
  if (url.protocol !== 'http:' || url.host !== registered.host || url.pathname !== registered.pathname)
    return refuse('This is not the callback address of this sign-in.');
  const decision = decideCallback(
    { method: 'GET', target: url.pathname + url.search, host: url.host, origin: null },
    [{ ...expected, answered: false }],
  );
  if (decision.kind === 'accept') return ok(decision.answer);
  return refuse(
    url.searchParams.get('state') === state
      ? 'This callback address contains no usable answer.'
      : 'This callback address belongs to another sign-in, or is incomplete.',
  );
}
