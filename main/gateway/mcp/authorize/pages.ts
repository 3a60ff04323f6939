import { withCommands, type CommandForm } from '../../../../contract/command-text.ts';
import { plainPageHeaders, renderPlainPage } from '../../../lib/plain-page.ts';

/** What the person's browser shows while a client signs in. */
export type SignInPage =
  'waiting' | 'over' | 'stranger' | 'unknown-client' | 'unknown-redirect' | 'twice' | 'framed';

const TEXTS: Readonly<Record<SignInPage, readonly [title: string, text: string]>> = {
  waiting: [
    'Look at Tokentray’s window',
    'A program asks for access to one of your connections. Tokentray’s window shows which program it is, and lets you allow it or not; so does this command in a terminal: tokentray mcp consents. This page then goes on by itself.',
  ],
  over: [
    'No longer open',
    'This request for access was answered, or its time is over. You can close this tab and start again in the program.',
  ],
  stranger: [
    'Was this you?',
    'Another user of this computer opened this address, or a program that Tokentray cannot see, such as a browser in a container. Nobody was let in.',
  ],
  'unknown-client': [
    'Unknown program',
    'The program that sent you here has not registered with Tokentray, or its description on the web cannot be used. Start the sign-in again in the program.',
  ],
  'unknown-redirect': [
    'Not a known address',
    'The program that sent you here wants the answer at an address that is not one of its own. Nobody was let in.',
  ],
  twice: [
    'Not a clear request',
    'The address that you were sent to contains something twice. Nobody was let in.',
  ],
  framed: ['Open it as a page', 'This address can only be opened as a page of its own. Nobody was let in.'],
};

export const signInPageHeaders = (): Readonly<Record<string, string>> => ({
  ...plainPageHeaders(),
  'x-frame-options': 'DENY',
});

/** `next`: where the browser goes by itself. `commands`: how the reader writes commands. */
export function renderSignInPage(page: SignInPage, commands: CommandForm, next?: string): string {
  const [title, text] = TEXTS[page];
  return renderPlainPage({
    title,
    // The path of a checkout may have any character in it.
    text: escaped(withCommands(text, commands)),
    ...(next !== undefined && { next }),
  });
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
