import type { ConnectionStatus } from './connection.ts';

/**
 * What a connection's state needs from the person; null: nothing, it is fine or resolves itself.
 * - `reconnect`: sign in again. `replace`: the same, before it expires, because it cannot be renewed.
 * - `fix-client`: the app registration is at fault, so signing in again does not help.
 * - `restore-key`: the keychain's key is gone, so signing in again is refused.
 * - `fix-storage`: what tokens are stored in is at fault (a full disk, a locked keychain, damage).
 */
export type Remedy =
  | 'finish-sign-in'
  | 'reconnect'
  | 'replace'
  | 'fix-client'
  | 'restore-key'
  | 'fix-storage'
  | 'resume'
  | 'resume-all'
  | null;

/** Decides what a state needs; window, tray, notifications and command line all use it. */
export function remedy(status: ConnectionStatus): Remedy {
  switch (status.state) {
    case 'connecting':
      return 'finish-sign-in';
    case 'needs-reconnect':
      return FAULTS[status.fault];
    case 'missing-scope':
      return 'reconnect';
    case 'expiring':
      return 'replace';
    case 'paused':
      return status.since === null ? 'resume-all' : 'resume';
    case 'connected':
    case 'refreshing':
    case 'offline':
      return null;
  }
}

const FAULTS = {
  grant: 'reconnect',
  configuration: 'fix-client',
  'key-lost': 'restore-key',
  storage: 'fix-storage',
} as const satisfies Record<(ConnectionStatus & { state: 'needs-reconnect' })['fault'], Remedy>;

/** Whether the connection stays as it is until the person acts, and they have neither started to nor chosen this state. */
export function needsPerson(status: ConnectionStatus): boolean {
  switch (remedy(status)) {
    case 'reconnect':
    case 'replace':
    case 'fix-client':
    case 'restore-key':
    case 'fix-storage':
      return true;
    case 'finish-sign-in':
    case 'resume':
    case 'resume-all':
    case null:
      return false;
  }
}

/** The shapes that represent states, the same in the window and the terminal. */
export type Shape = '●' | '○' | '◐' | '◔' | '◌' | '▲' | '△' | '‖';

/** Colour is never alone: a state is a shape and a word too. `until`: when the word becomes true, if that is in the future. */
export interface StateBadge {
  shape: Shape;
  word: string;
  tone: 'ok' | 'warn' | 'bad' | 'off';
  until?: string;
}

/** The badge of a connection's state. `now`: epoch ms. */
export function stateBadge(status: ConnectionStatus, now: number): StateBadge {
  switch (status.state) {
    case 'connecting':
      return { shape: '◌', word: 'Waiting for browser', tone: 'off' };
    case 'connected':
      return { shape: '●', word: 'Connected', tone: 'ok' };
    case 'refreshing':
      return { shape: '◐', word: 'Refreshing', tone: 'off' };
    case 'expiring':
      return Date.parse(status.expiresAt) <= now
        ? { shape: '▲', word: 'Expired', tone: 'bad' }
        : { shape: '◔', word: 'Expires', tone: 'warn', until: status.expiresAt };
    case 'needs-reconnect':
      return {
        shape: '▲',
        word: remedy(status) === 'reconnect' ? 'Needs reconnect' : 'Needs fixing',
        tone: 'bad',
      };
    case 'missing-scope':
      return { shape: '▲', word: 'Missing permission', tone: 'bad' };
    case 'offline':
      return { shape: '○', word: status.answered ? 'Retrying' : 'Offline', tone: 'off' };
    case 'paused':
      return { shape: '‖', word: 'Paused', tone: 'off' };
  }
}
