import type { HookView } from '../../contract/hook.ts';
import type { HookEventName } from '../../contract/vocabulary.ts';
import type { Badge } from './state-words.ts';

const EVENTS: Readonly<Record<HookEventName, string>> = {
  'token-new': 'After a connection was made or reconnected',
  'token-refreshed': 'After a token was refreshed',
  'connection-gone': 'When a connection needs reconnecting, or was removed',
  'connection-switched': 'When another connection is active',
  'export-written': 'After an env file was written',
};

/** When a hook runs, and what its program gets. */
export function hookWords({ event, connection, withToken, timeoutSeconds }: HookView): string {
  const whose = connection === null ? '' : ` · ${connection.name ?? 'a connection that was removed'}`;
  return `${EVENTS[event]}${whose}${withToken ? ' · gets the token' : ''} · ${timeoutSeconds} s`;
}

export function hookBadge({ paused, last }: Pick<HookView, 'paused' | 'last'>): Badge {
  if (paused !== null) return { shape: '‖', word: 'Paused', tone: 'off' };
  if (last === null) return { shape: '○', word: 'Not run yet', tone: 'off' };
  return last.ok ? { shape: '●', word: 'Works', tone: 'ok' } : { shape: '▲', word: 'Failed', tone: 'bad' };
}
