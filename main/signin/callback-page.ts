import { createHash } from 'node:crypto';

/** The pages that the browser is shown. Static: nothing from a request is ever in a page. */
export type CallbackPage = 'finishing' | 'denied' | 'used' | 'stranger' | 'wrong';

const TEXTS: Readonly<Record<CallbackPage, readonly [title: string, text: string]>> = {
  finishing: [
    'Almost done',
    'Tokentray is finishing the sign-in. You can close this tab and go back to Tokentray, which shows the result.',
  ],
  denied: [
    'Not connected',
    'The sign-in did not go through. You can close this tab; go back to Tokentray to try again.',
  ],
  used: [
    'Already used',
    'This sign-in link has already been used. You can close this tab and go back to Tokentray.',
  ],
  stranger: [
    'Was this you?',
    'Another user of this computer opened this address, or a program that Tokentray cannot see, such as a browser in a container. If it was you, copy the address from the address bar and paste it into Tokentray.',
  ],
  wrong: [
    'No sign-in in progress',
    'This address does not belong to a sign-in in progress. To connect an account, start again in Tokentray.',
  ],
};

/** Addresses without a code. The callback redirects here, so that no code stays in the browser's address bar. */
const LANDING_PATHS: ReadonlyMap<string, CallbackPage> = new Map([
  ['/tokentray/finishing', 'finishing'],
  ['/tokentray/denied', 'denied'],
]);

export const landingPath = (page: 'finishing' | 'denied'): string => `/tokentray/${page}`;

export const landingPage = (path: string): CallbackPage | undefined => LANDING_PATHS.get(path);

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;font-weight:600}';

export function renderPage(page: CallbackPage): string {
  const [title, text] = TEXTS[page];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Tokentray</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}

/** No scripts, images or frames; nothing is cached, and other sites get no referrer. */
export const pageHeaders = (): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
