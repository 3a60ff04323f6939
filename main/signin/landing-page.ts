import type { SignInStage } from '../../contract/sign-in.ts';
import type { Account, Site } from '../../contract/connection.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { PlainPage } from '../lib/plain-page.ts';

/** What was connected, for the page that ends a sign-in. */
export interface ConnectedAs {
  name: string;
  account: Pick<Account, 'name' | 'email'>;
  site: Pick<Site, 'url'> | null;
}

interface Landing {
  stage: SignInStage;
  /** Null where it is not known, as after it was removed. */
  connected: ConnectedAs | null;
  /** Where the browser asks again while the sign-in goes on. */
  again: string;
}

const LONGEST = 200;

/**
 * The page that a sign-in's browser tab shows, by how far it is. What is in it comes from the provider, so it is cut and
 * cleaned; no stage holds a secret. Pure.
 */
export function landingPage({ stage, connected, again }: Landing): PlainPage {
  switch (stage.stage) {
    case 'done':
      return {
        mark: 'good',
        title: connected === null ? 'Connected' : `${cleanText(connected.name, LONGEST)} is connected`,
        text: 'You can close this tab. Tokentray shows how to use it.',
        facts: connected === null ? [] : factsOf(connected),
      };
    case 'choose-site':
      return {
        mark: 'waiting',
        title: 'Choose a site in Tokentray',
        text: 'Several sites can be connected with this account. This page goes on by itself when you have chosen one.',
        facts: [['Account', accountWords(stage.account)]],
        next: again,
      };
    case 'confirm-account':
      return {
        mark: 'attention',
        title: 'Another account came back',
        text: 'Tokentray asks whether to use it. This page goes on by itself when you have answered.',
        facts: [
          ['Expected', accountWords(stage.expected)],
          ['Signed in as', accountWords(stage.actual)],
        ],
        next: again,
      };
    case 'failed':
      return failedPage(stage.error);
    case 'waiting':
    case 'enter-code':
    case 'enter-secret':
    case 'exchanging':
      return {
        mark: 'waiting',
        title: 'Finishing in Tokentray…',
        text: 'This page goes on by itself. You can also close it: Tokentray shows the result.',
        next: again,
      };
  }
}

function failedPage({ code, message }: Extract<SignInStage, { stage: 'failed' }>['error']): PlainPage {
  const page = { mark: 'attention', title: 'Not connected' } as const;
  if (code === 'cancelled')
    return {
      ...page,
      text: 'The sign-in was cancelled. You can close this tab; start again in Tokentray.',
    };
  return {
    ...page,
    text: `${cleanText(message, 400)} You can close this tab: Tokentray says what to do next.`,
  };
}

function factsOf({ account, site }: ConnectedAs): [label: string, value: string][] {
  const who = accountWords(account);
  const where = site === null ? '' : cleanText(site.url.replace(/^https?:\/\//, ''), LONGEST);
  return [
    ...(who === '' ? [] : [['Account', who] as [string, string]]),
    ...(where === '' ? [] : [['Site', where] as [string, string]]),
  ];
}

function accountWords({ name, email }: Pick<Account, 'name' | 'email'>): string {
  const [shown, mail] = [cleanText(name, LONGEST), cleanText(email ?? '', LONGEST)];
  return mail === '' || mail === shown ? shown : shown === '' ? mail : `${shown} – ${mail}`;
}
