import { expect, it } from 'vitest';
import { gitHandlers } from '../../../../main/api/handlers/git.ts';
import { ok } from '../../../../main/lib/result.ts';
import type { GitInstallView } from '../../../../contract/git.ts';
import type { Caller } from '../../../../contract/vocabulary.ts';

const OWN = '/home/ana/repo/.git/config';
const target = 'bitbucket.org';
const install: GitInstallView = {
  ...{ scope: 'global', file: OWN, url: 'https://bitbucket.org', connection: null, helper: '!x' },
  intact: true,
};

type Services = Parameters<typeof gitHandlers>[0];
const handlers = gitHandlers({
  approvals: {} as Services['approvals'],
  uses: {} as Services['uses'],
  git: {
    credential: () => Promise.reject(new Error('not asked')),
    installs: {
      list: () => Promise.resolve(ok({ installs: [install] })),
      install: () => Promise.resolve(ok({ install, changed: true })),
      uninstall: () => Promise.resolve(ok({ file: OWN, url: install.url })),
    },
  },
});

it.each([
  { from: 'cli', call: 'git.install', place: { file: '/home/ana/other' }, ok: true },
  { from: 'cli', call: 'git.uninstall', place: { scope: 'local', folder: '/home/ana/repo' }, ok: true },
  { from: 'browser', call: 'git.install', place: {}, ok: true },
  { from: 'browser', call: 'git.install', place: { file: OWN }, ok: false },
  { from: 'window', call: 'git.install', place: { file: '/home/ana/.ssh/config' }, ok: false },
  { from: 'window', call: 'git.install', place: { scope: 'local', folder: '/home/ana/repo' }, ok: false },
  { from: 'browser', call: 'git.uninstall', place: {}, ok: true },
  { from: 'browser', call: 'git.uninstall', place: { file: OWN }, ok: true },
  { from: 'browser', call: 'git.uninstall', place: { file: '/home/ana/other' }, ok: false },
  { from: 'window', call: 'git.uninstall', place: { scope: 'local', folder: '/home/ana/repo' }, ok: false },
] as const)('$from may choose the file of $call as far as it should: $place', async (given) => {
  const from = { caller: given.from satisfies Caller };
  const answer = await handlers[given.call]({ target, ...given.place }, from);
  expect(answer.ok ? 'ok' : answer.error.code).toBe(given.ok ? 'ok' : 'forbidden');
});
