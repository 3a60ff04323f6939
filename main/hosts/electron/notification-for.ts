import { aboutFile } from '../../../contract/about-file.ts';
import { clientTitle } from '../../../contract/consent-title.ts';
import type { ConnectionView, SignInMethod } from '../../../contract/connection.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import { pastedNoun } from '../../../contract/method-words.ts';
import { startedWords } from '../../../contract/program-words.ts';
import { remedy } from '../../../contract/remedy.ts';
import { withShortPaths } from '../../../contract/short-path.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import { consentSentence } from './consent-words.ts';
import { daysUntil, needSentence, whereToFix } from './connection-words.ts';
import type { DesktopModel } from './desktop-model.ts';
import { heldSentence } from './held-words.ts';

/** Something that the user should know even without looking at the window. Replaces the previous one of its kind. */
export interface DesktopNotification {
  kind:
    | 'held'
    | 'consent'
    | 'needs-reconnect'
    | 'expiring'
    | 'export-failed'
    | 'window-closed'
    | 'no-tray'
    | 'copied'
    | 'failed';
  title: string;
  body: string;
  /** What a click shows; null: the window as it is. */
  target: ShowTarget | null;
  /** Makes no sound and goes by itself after some seconds. */
  passing?: true;
}

/** Days before expiry at which there is a notification about a token that cannot be renewed. */
export const NOTICE_DAYS = [1, 7] as const;

/** The notice mark that a connection has reached: 1 or 7 days; null if expiry is further away or it renews automatically. */
export function expiryMark({ status }: Pick<ConnectionView, 'status'>, now: number): number | null {
  if (status.state !== 'expiring') return null;
  const left = daysUntil(status.expiresAt, now);
  return NOTICE_DAYS.find((days) => left <= days) ?? null;
}

export const expiryNotification = (connection: ConnectionView, now: number): DesktopNotification | null =>
  connection.status.state === 'expiring'
    ? {
        kind: 'expiring',
        title: needSentence(connection, now),
        body: 'It can’t be renewed. Click to replace it.',
        target: whereToFix(connection),
      }
    : null;

function reconnectNotification(
  connection: ConnectionView,
  before: DesktopModel,
  after: DesktopModel,
): DesktopNotification | null {
  const { status } = connection;
  if (status.state !== 'needs-reconnect') return null;
  const kind = 'needs-reconnect';
  const needed = remedy(status);
  if (needed === 'restore-key') {
    // One key for all connections: reported once.
    if (stoppedIn(before).some(({ status: other }) => remedy(other) === needed)) return null;
    return {
      kind,
      title: 'Saved tokens can’t be read',
      body: `${status.reason} Click to see how to fix it.`,
      target: whereToFix(connection),
    };
  }
  const all = stoppedIn(after);
  if (all.length > 1)
    return {
      kind,
      title: all.every(
        ({ status: other, method }) => remedy(other) === 'reconnect' && pastedNoun(method) === null,
      )
        ? `${all.length} connections need reconnecting`
        : `${all.length} connections need attention`,
      body: `The most recent one is “${connection.name}”. Click to see them.`,
      target: { view: 'connections' },
    };
  return {
    kind,
    title: needSentence(connection, 0),
    body: needed === 'reconnect' ? howToRenew(connection.method, status.reason) : status.reason,
    target: whereToFix(connection),
  };
}

function howToRenew(method: SignInMethod, reason: string): string {
  const noun = pastedNoun(method);
  return noun === null
    ? 'Its tokens can’t be renewed any more. Click to sign in again.'
    : `${reason} Click to enter a new ${noun}.`;
}

/** All connections that have stopped working. */
const stoppedIn = ({ connections }: DesktopModel): ConnectionView[] =>
  [...connections.values()].filter(({ status }) => status.state === 'needs-reconnect');

/** Once for each request, when it begins to wait. */
function heldNotification(before: DesktopModel, { held }: DesktopModel): DesktopNotification | null {
  const known = new Set(before.held.map(({ id }) => id));
  const newest = held.findLast(({ id }) => !known.has(id));
  if (newest === undefined) return null;
  const { summary, connection, program } = newest;
  const started = program === undefined ? '' : startedWords(program);
  return {
    kind: 'held',
    title: heldSentence(held),
    body: `${summary} (“${connection.name}”)${started === '' ? '' : `, ${started}`}. Click to allow or refuse it.`,
    target: { view: 'gateway' },
  };
}

/** Once for each client, when it begins to wait; a click leads to where the person decides, and decides nothing. */
function consentNotification(before: DesktopModel, { consents }: DesktopModel): DesktopNotification | null {
  const known = new Set(before.consents.map(({ id }) => id));
  const newest = consents.findLast(({ id }) => !known.has(id));
  if (newest === undefined) return null;
  return {
    kind: 'consent',
    title: consentSentence(consents),
    body: `“${clientTitle(newest)}” wants to use ${newest.serverName} with “${newest.connection.name}”. Click to see what it asks for.`,
    target: { view: 'consent', consent: newest.id },
  };
}

/** The notification for a change in the core; null if the problem is temporary or was already reported. Pure. */
export function notificationFor(
  event: CoreEvent,
  before: DesktopModel,
  after: DesktopModel,
): DesktopNotification | null {
  if (event.type === 'connection') {
    const { connection } = event;
    const known = before.connections.get(connection.id)?.status.state;
    // A user who is signing in again already knows, and also knows if it does not succeed.
    if (known === 'needs-reconnect' || known === 'connecting') return null;
    return reconnectNotification(connection, before, after);
  }
  if (event.type === 'held' || event.type === 'gateway') return heldNotification(before, after);
  if (event.type === 'consents') return consentNotification(before, after);
  if (event.type === 'export') {
    const { status, file, id } = event.export;
    if (status.state !== 'failed' || before.exports.get(id)?.status.state === 'failed') return null;
    return {
      kind: 'export-failed',
      title: 'Env file not written',
      body: withShortPaths(aboutFile(file, status.error.message), after.status.userHome),
      target: { view: 'exports' },
    };
  }
  return null;
}

export const CLOSED: DesktopNotification = {
  kind: 'window-closed',
  title: 'Tokentray keeps running in the tray',
  body: 'It keeps your tokens fresh. To quit, use the tray menu.',
  target: null,
};

export const NO_TRAY: DesktopNotification = {
  kind: 'no-tray',
  title: 'Tokentray keeps running',
  body: 'Your desktop shows no tray icons; the window stays open.',
  target: null,
};
