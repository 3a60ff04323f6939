import { renderPlainPage } from '../lib/plain-page.ts';

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

export function renderPage(page: CallbackPage): string {
  const [title, text] = TEXTS[page];
  return renderPlainPage({ title, text });
}
