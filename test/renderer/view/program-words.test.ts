import { describe, expect, it } from 'vitest';
import type { AskingProgram, GrantView } from '../../../contract/grants.ts';
import { longerAnswers } from '../../../contract/program-words.ts';
import { filesWords, grantWords, originWords } from '../../../renderer/view/program-words.ts';
import { aGrant, aProgramHeld } from '../../fakes/gateway-data.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const program = (change: Partial<AskingProgram> = {}): AskingProgram => aProgramHeld(1, NOW, change).program!;

describe('a program that asks', () => {
  it.each<[Partial<AskingProgram>, string | null, string]>([
    [
      {},
      '/usr/bin/node /home/ana/project/deploy.mjs',
      'Started by bash in gnome-terminal · in /home/ana/project · process 4711',
    ],
    [{ script: null, startedBy: [], pid: null }, '/usr/bin/node', 'In /home/ana/project'],
    [
      { executable: null, script: null, startedBy: ['cron'], folder: null, contained: true },
      null,
      'Started by cron · in a container · process 4711',
    ],
    [{ executable: null, startedBy: [], folder: null, pid: null }, null, ''],
  ])('%j is %j: %s', (change, files, origin) => {
    expect([filesWords(program(change)), originWords(program(change))]).toEqual([files, origin]);
  });

  it('can be answered for as long as it can be known', () => {
    expect(longerAnswers(program(), 'approve').map(({ label }) => label)).toEqual([
      'Allow until its terminal closes',
      'Allow for a day',
      'Always allow',
    ]);
    expect(longerAnswers(program({ lasts: ['once', 'session'] }), 'deny')).toEqual([
      { lasts: 'session', label: 'Deny until its terminal closes' },
    ]);
    expect(longerAnswers(program({ lasts: ['once'] }), 'deny')).toEqual([]);
  });
});

it.each<[Partial<GrantView>, RegExp]>([
  [{}, /^Always allowed · used 5 min ago$/],
  [{ decision: 'deny', lastUsedAt: null }, /^Always denied$/],
  [{ lasts: 'session', session: 'bash in xterm', lastUsedAt: null }, /^Allowed until bash in xterm closes$/],
  [{ lasts: 'session', session: null, lastUsedAt: null }, /^Allowed until its terminal closes$/],
  [
    { decision: 'deny', lasts: 'day', until: new Date(NOW + 3_600_000).toISOString() },
    /^Denied until .+ · asked 5 min ago$/,
  ],
])('an answer %j in words: %s', (change, words) => {
  expect(plainSpaces(grantWords(aGrant(1, NOW, change), NOW))).toMatch(words);
});
