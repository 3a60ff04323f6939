import type { ConnectionView } from '../../contract/connection.ts';
import { METHOD_NOUNS } from '../../contract/method-words.ts';
import { remedy } from '../../contract/remedy.ts';
import { isPast, issuer, mainAction, stateAction } from './state-words.ts';
import { ago, atWords, exactClock, moment, whenWords } from './time-words.ts';

/** Without what the provider said, which is in parentheses and for whoever looks into it. */
function plainReason(reason: string): string {
  const said = reason.indexOf(' (');
  const plain = said < 0 ? reason : `${reason.slice(0, said)}.`;
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const bringing = ({ method }: ConnectionView): string =>
  method === 'oauth2' ? 'Reconnect' : `Replace this ${METHOD_NOUNS[method]}`;

/** Why it does not work or is not renewed, in words; null where there is nothing to explain. `now`: epoch ms; `allows`: what a scope allows. */
export function stateSentence(
  connection: ConnectionView,
  now: number,
  allows: (scope: string) => string = (scope) => scope,
): string | null {
  const { status } = connection;
  switch (status.state) {
    case 'connecting':
    case 'connected':
    case 'refreshing':
      return null;
    case 'expiring':
      return `${bringing(connection)} ${isPast(status.expiresAt, now) ? 'to go on' : 'before it ends'}; env files follow.`;
    case 'needs-reconnect':
      return remedy(status) === 'reconnect' && connection.method === 'oauth2'
        ? `${issuer(connection)} ended this sign-in. Reconnecting keeps its name and env files.`
        : plainReason(status.reason);
    case 'missing-scope':
      return `Not allowed: ${status.scopes.map(allows).join('; ')}.`;
    case 'offline': {
      const why = status.answered
        ? `${issuer(connection)} has given no new token since`
        : `Can’t reach ${issuer(connection)} since`;
      const next = isPast(status.retryAt, now) ? 'Trying now.' : `Next try ${atWords(status.retryAt, now)}.`;
      return `${why} ${whenWords(status.since, now)}. ${next}`;
    }
    case 'paused':
      return status.since === null
        ? 'Nothing is renewed until you resume.'
        : `Not renewed until you resume; paused ${ago(status.since, now)}.`;
  }
}

/** What to do about a state, where no button says it. */
export function stateHint({ status, method }: ConnectionView): string | null {
  if (status.state === 'needs-reconnect')
    return remedy(status) === 'reconnect' && method === 'oauth2' ? null : status.hint;
  if (status.state === 'missing-scope')
    return 'Reconnect and allow it. If it isn’t offered, first allow it in the OAuth client’s registration.';
  return null;
}

/** What was said when it failed, with its time, for whoever looks into it; null: nothing failed. */
export function faultDetails({ status }: ConnectionView, now: number): string | null {
  if (status.state !== 'offline' && status.state !== 'needs-reconnect') return null;
  const time =
    new Date(status.since).toDateString() === new Date(now).toDateString()
      ? exactClock(status.since)
      : moment(status.since, now);
  return `${time} · ${status.reason}`;
}

/** What is offered beside the sentence, because the main action is another one; null: nothing. */
export function inlineAction(
  connection: ConnectionView,
  now: number,
): 'refresh' | 'resume' | 'resume-all' | null {
  const action = stateAction(connection);
  if (action !== 'refresh' && action !== 'resume' && action !== 'resume-all') return null;
  return mainAction(connection, now) === action ? null : action;
}
