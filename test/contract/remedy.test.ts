import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../contract/connection.ts';
import type { SignInId } from '../../contract/ids.ts';
import { needsPerson, remedy, stateBadge, type Remedy } from '../../contract/remedy.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const since = new Date(NOW).toISOString();
const later = new Date(NOW + 60_000).toISOString();
const broken = (fault: 'grant' | 'configuration' | 'key-lost'): ConnectionStatus => ({
  state: 'needs-reconnect',
  since,
  reason: 'Why.',
  fault,
  hint: 'What to do.',
});

describe('what a state needs from its person, and its badge', () => {
  it.each<[ConnectionStatus, Remedy, boolean, string]>([
    [{ state: 'connecting', signIn: '' as SignInId }, 'finish-sign-in', false, '◌ Waiting for browser'],
    [{ state: 'connected' }, null, false, '● Connected'],
    [{ state: 'refreshing', since }, null, false, '◐ Refreshing'],
    [{ state: 'expiring', expiresAt: later }, 'replace', true, '◔ Expires'],
    [{ state: 'expiring', expiresAt: since }, 'replace', true, '▲ Expired'],
    [broken('grant'), 'reconnect', true, '▲ Needs reconnect'],
    [broken('configuration'), 'fix-client', true, '▲ Needs fixing'],
    [broken('key-lost'), 'restore-key', true, '▲ Needs fixing'],
    [{ state: 'missing-scope', since, scopes: ['x'] }, 'reconnect', true, '▲ Missing permission'],
    [{ state: 'offline', since, reason: '', retryAt: later, answered: false }, null, false, '○ Offline'],
    [{ state: 'offline', since, reason: '', retryAt: later, answered: true }, null, false, '○ Retrying'],
    [{ state: 'paused', since }, 'resume', false, '‖ Paused'],
    [{ state: 'paused', since: null }, 'resume-all', false, '‖ Paused'],
  ])('%j', (status, needed, isNeedy, badge) => {
    const { shape, word } = stateBadge(status, NOW);
    expect({ needed: remedy(status), isNeedy: needsPerson(status), badge: `${shape} ${word}` }).toEqual({
      needed,
      isNeedy,
      badge,
    });
  });
});
