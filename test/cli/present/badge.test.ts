import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../contract/connection.ts';
import { connectionBadge, connectionDetail } from '../../../cli/present/badge.ts';
import type { Paint } from '../../../cli/present/paint.ts';
import { aConnection } from '../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const since = new Date(NOW).toISOString();
const DAY = 86_400_000;

/** Colours as words. */
const paint: Paint = {
  dim: (text) => text,
  bold: (text) => text,
  good: (text) => `good ${text}`,
  warn: (text) => `warn ${text}`,
  bad: (text) => `bad ${text}`,
};

const broken = (fault: 'grant' | 'configuration' | 'key-lost'): ConnectionStatus => ({
  state: 'needs-reconnect',
  since,
  reason: 'What is wrong.',
  fault,
  hint: 'What helps.',
});

describe('a connection in the terminal', () => {
  it.each<[ConnectionStatus, string, string | RegExp]>([
    [{ state: 'connected' }, 'good ● Connected', /^Renews automatically/],
    [{ state: 'refreshing', since }, '◐ Refreshing', ''],
    [{ state: 'expiring', expiresAt: new Date(NOW + 3 * DAY).toISOString() }, 'warn ◔ Expires in 3 days', ''],
    [broken('grant'), 'bad ▲ Needs reconnect', 'What is wrong.'],
    // Signing in again does not help: it is not told to.
    [broken('configuration'), 'bad ▲ Needs fixing', 'What is wrong. What helps.'],
    [broken('key-lost'), 'bad ▲ Needs fixing', 'What is wrong. What helps.'],
    [{ state: 'paused', since: null }, '‖ Paused', 'All refreshing is paused'],
  ])('%j', (status, badge, detail) => {
    expect(connectionBadge(status, NOW, paint)).toBe(badge);
    const shown = connectionDetail(aConnection(1, NOW, { status }), NOW);
    if (detail instanceof RegExp) expect(shown).toMatch(detail);
    else expect(shown).toBe(detail);
  });
});
