import { expect, it } from 'vitest';
import { countProblems, needAttentionWords, notWrittenWords } from '../../contract/problems.ts';
import { STATES } from '../main/hosts/electron/a-model.ts';

const connections = (...states: (keyof typeof STATES)[]) =>
  states.map((state) => ({ status: STATES[state] }));
const at = '2026-11-22T12:00:00.000Z';
const FILES = {
  written: { status: { state: 'written', at } },
  pending: { status: { state: 'pending' } },
  waiting: { status: { state: 'waiting', readAt: null } },
  failed: { status: { state: 'failed', since: at, error: { code: 'io', message: 'Permission denied.' } } },
} as const;

it.each([
  ['nothing', [], [], { connections: 0, files: 0 }],
  [
    'what needs nobody',
    connections('connected', 'refreshing', 'offline', 'retrying', 'paused'),
    [FILES.written, FILES.pending, FILES.waiting],
    { connections: 0, files: 0 },
  ],
  [
    'each that waits for its person',
    connections('gone', 'scope', 'expiring', 'misconfigured', 'keyLost', 'connected'),
    [FILES.failed, FILES.written, FILES.failed],
    { connections: 5, files: 2 },
  ],
] as const)('counts %s', (_, some, files, expected) => {
  expect(countProblems(some, files)).toEqual(expected);
});

it('says it in the number that it is', () => {
  expect([1, 2].map(notWrittenWords)).toEqual(['1 file not written', '2 files not written']);
  expect([1, 2].map(needAttentionWords)).toEqual([
    '1 connection needs attention',
    '2 connections need attention',
  ]);
});
