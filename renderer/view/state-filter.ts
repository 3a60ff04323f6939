import type { ConnectionView } from '../../contract/connection.ts';
import { needsPerson } from '../../contract/remedy.ts';

export const STATE_FILTERS = ['all', 'needs-you', 'connected', 'offline', 'paused'] as const;
/** Which states the list shows. */
export type StateFilter = (typeof STATE_FILTERS)[number];

export const FILTER_WORDS: Readonly<Record<StateFilter, string>> = {
  all: 'All states',
  'needs-you': 'Needs attention',
  connected: 'Connected',
  offline: 'Offline',
  paused: 'Paused',
};

export function matchesFilter(filter: StateFilter, connection: ConnectionView): boolean {
  const { state } = connection.status;
  switch (filter) {
    case 'all':
      return true;
    case 'needs-you':
      return needsPerson(connection.status);
    case 'connected':
      return state === 'connected' || state === 'refreshing';
    case 'offline':
    case 'paused':
      return state === filter;
  }
}
