import { withCommands, type CommandForm } from '../../../../contract/command-text.ts';
import type { McpConsentView } from '../../../../contract/mcp.ts';
import { plainPageHeaders, renderPlainPage } from '../../../lib/plain-page.ts';
import type { ConsentEnd } from './consents.ts';

/** Why nothing goes on. */
export type RefusalPage = 'over' | 'stranger' | 'unknown-client' | 'unknown-redirect' | 'twice' | 'framed';

const TEXTS: Readonly<Record<RefusalPage, readonly [title: string, text: string]>> = {
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

export function renderRefusal(page: RefusalPage): string {
  const [title, text] = TEXTS[page];
  return renderPlainPage({ title, text });
}

const DECIDE =
  'Tokentray’s window lets you allow it or not; so does this command in a terminal: tokentray mcp consents. This page then goes on by itself.';

/**
 * While the person thinks: who asks, and where it goes back to. Nothing on it answers for the person. `next`: where the
 * browser asks how it went. `commands`: how the reader writes commands.
 */
export function renderWaiting(consent: McpConsentView, commands: CommandForm, next: string): string {
  const { clientName, clientHost, redirectHost, unproven, scopes, choices } = consent;
  const name = clientName ?? clientHost ?? 'A program without a name';
  const wanted =
    choices.length > 1
      ? 'One of your connections; you say which'
      : `${consent.serverName} with “${consent.connection.name}”`;
  return renderPlainPage({
    title: 'Look at Tokentray’s window',
    text: withCommands(DECIDE, commands),
    facts: [
      ['Program', unproven ? `${name} (it says so itself; nothing proves it)` : name],
      ...(clientHost === null ? [] : [['Described at', clientHost] as const]),
      ['Asks for', wanted],
      ['To', scopes.includes('mcp:write') ? 'read and make changes' : 'read'],
      ['Goes back to', redirectHost],
    ],
    next,
  });
}

/** Where the client is an app: browsers ask before they open one, and then stay at this page. */
export const renderDecided = ({ allowed, name, location }: ConsentEnd): string =>
  renderPlainPage({
    title: allowed ? `“${name}” was let in` : `“${name}” was not let in`,
    text: 'Your browser opens the program, and may ask you first. You can then close this tab.',
    next: location,
    link: { href: location, label: `Open ${name}` },
  });
