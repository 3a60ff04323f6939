import type { DetailTab } from '../../store/state.ts';

/** The tabs of a connection, in order. */
export const TAB_WORDS: Readonly<Record<DetailTab, string>> = {
  overview: 'Overview',
  use: 'Use',
  token: 'Token',
  scopes: 'Permissions',
  sites: 'Sites',
  access: 'Access',
  activity: 'Activity',
};
