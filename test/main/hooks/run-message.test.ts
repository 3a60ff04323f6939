import { expect, it } from 'vitest';
import type { ProgramEnd } from '../../../main/hooks/ports.ts';
import { runMessage, succeeded } from '../../../main/hooks/run-message.ts';

const TOKEN = 'canary-"token"-0123456789abcdef';

it.each<[ProgramEnd, string, boolean]>([
  [{ kind: 'exited', code: 0, signal: null }, 'It ended as it should.', true],
  [{ kind: 'exited', code: 3, signal: null }, 'It failed with exit code 3.', false],
  [{ kind: 'exited', code: null, signal: 'SIGSEGV' }, 'It was ended by SIGSEGV.', false],
  [{ kind: 'not-started', code: 'ENOENT' }, 'It was not found.', false],
  [{ kind: 'not-started', code: 'EACCES' }, 'It cannot be run (EACCES).', false],
  [
    { kind: 'refused', place: '/srv/a\u202eb' },
    'It was not run, because every user of this machine can change /srv/a b.',
    false,
  ],
  [{ kind: 'timed-out' }, 'It did not end within 30 s and was stopped.', false],
])('%j: %s', (end, message, ok) => {
  const outcome = { end, stderr: '', cut: false };
  expect([runMessage(outcome, null, 30_000), succeeded(outcome)]).toEqual([message, ok]);
});

it.each([
  ['as it is', `got ${TOKEN}!`],
  ['in JSON', `got ${JSON.stringify({ access_token: TOKEN })}`],
  ['in an address', `GET /?x=${encodeURIComponent(TOKEN)}`],
  ['in base64', Buffer.from(TOKEN).toString('base64')],
  ['in hex', Buffer.from(TOKEN).toString('hex')],
  ['again and again, and cut in its middle', `${`${TOKEN} `.repeat(40)}${TOKEN.slice(0, -3)}`],
])('never shows the token that the program writes %s', (_, stderr) => {
  const end = { kind: 'exited', code: 1, signal: null } as const;
  const message = runMessage({ end, stderr, cut: true }, TOKEN, 30_000);
  expect(message).toMatch(/^It failed with exit code 1/);
  expect(message).not.toMatch(/canary|0123456|Y2FuYXJ5|63616e617279/);
});
