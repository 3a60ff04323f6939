import { aboutFile } from '../../../contract/about-file.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import { remedy, type Remedy } from '../../../contract/remedy.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import { daysUntil, needSentence, whereToFix } from './connection-words.ts';
import type { DesktopModel } from './desktop-model.ts';

/** Something the person should hear of even when they look elsewhere. One of a kind replaces the one before. */
export interface DesktopNotification {
  kind: 'needs-reconnect' | 'expiring' | 'export-failed' | 'window-closed' | 'no-tray' | 'failed';
  title: string;
  body: string;
  /** What a click shows; null: the window as it is. */
  target: ShowTarget | null;
}

/** Days before its end at which a token that cannot be renewed is told of. */
export const TOLD_DAYS = [1, 7] as const;

/** The mark that a connection's end has passed: 1 or 7 days; null while it is further away, or renewed by itself. */
export function expiryMark({ status }: Pick<ConnectionView, 'status'>, now: number): number | null {
  if (status.state !== 'expiring') return null;
  const left = daysUntil(status.expiresAt, now);
  return TOLD_DAYS.find((days) => left <= days) ?? null;
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
    // One key for all of them: said once.
    if (remediesIn(before).includes(needed)) return null;
    return {
      kind,
      title: 'Saved tokens can’t be read',
      body: `${status.reason} Click to see what helps.`,
      target: whereToFix(connection),
    };
  }
  const all = remediesIn(after);
  if (all.length > 1)
    return {
      kind,
      title: all.every((other) => other === 'reconnect')
        ? `${all.length} connections need reconnecting`
        : `${all.length} connections need you`,
      body: `The last one is “${connection.name}”. Click to see them.`,
      target: { view: 'connections' },
    };
  return {
    kind,
    title: needSentence(connection, 0),
    body:
      needed === 'reconnect'
        ? 'Its tokens can’t be renewed any more. Click to sign in again.'
        : status.reason,
    target: whereToFix(connection),
  };
}

/** What the connections need that cannot go on. */
const remediesIn = ({ connections }: DesktopModel): Remedy[] =>
  [...connections.values()].flatMap(({ status }) =>
    status.state === 'needs-reconnect' ? [remedy(status)] : [],
  );

/** What a change in the core is worth saying; null for what passes by itself or was said before. Pure. */
export function notificationFor(
  event: CoreEvent,
  before: DesktopModel,
  after: DesktopModel,
): DesktopNotification | null {
  if (event.type === 'connection') {
    const { connection } = event;
    const known = before.connections.get(connection.id)?.status.state;
    // While a person signs in again they know; what it comes to afterwards is no news either.
    if (known === 'needs-reconnect' || known === 'connecting') return null;
    return reconnectNotification(connection, before, after);
  }
  if (event.type === 'export') {
    const { status, file, id } = event.export;
    if (status.state !== 'failed' || before.exports.get(id)?.status.state === 'failed') return null;
    return {
      kind: 'export-failed',
      title: 'Env file not written',
      body: aboutFile(file, status.error.message),
      target: { view: 'exports' },
    };
  }
  return null;
}

export const CLOSED: DesktopNotification = {
  kind: 'window-closed',
  title: 'Tokentray goes on in the tray',
  body: 'It keeps your tokens fresh. Quit it from its tray menu.',
  target: null,
};

export const NO_TRAY: DesktopNotification = {
  kind: 'no-tray',
  title: 'Tokentray goes on',
  body: 'Your desktop shows no tray icons; the window stays open.',
  target: null,
};
