import { renderPlainPage } from '../lib/plain-page.ts';

/** Pages for requests that are no answer to a sign-in in progress. Static: nothing from a request is ever in one. */
export type CallbackPage = 'used' | 'cancelled' | 'too-late' | 'stranger' | 'wrong';

const TEXTS: Readonly<Record<CallbackPage, readonly [title: string, text: string]>> = {
  used: [
    'Already used',
    'This sign-in link has already been used. You can close this tab and go back to Tokentray.',
  ],
  cancelled: [
    'The sign-in was cancelled',
    'Nothing was connected. You can close this tab; start again in Tokentray.',
  ],
  'too-late': [
    'Too late',
    'The time for this sign-in is over, so nothing was connected. You can close this tab; start again in Tokentray.',
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

export function renderPage(page: CallbackPage): string {
  const [title, text] = TEXTS[page];
  return renderPlainPage({ title, text, mark: 'attention' });
}
