import { expect, it } from 'vitest';
import { addressOf, placeOf, plantedSocket } from '../../../cli/app/place.ts';

const context = (platform: string, home: string) => ({
  cwd: '/work',
  paths: { platform, env: { TOKENTRAY_HOME: home }, homedir: '/home/ana', uid: 1000 },
  readText: (file: string) => (file.endsWith('pipe.key') ? 'abc\n' : null),
});

it('finds the app of the person and that of the sandbox', () => {
  expect(placeOf(context('linux', '/data'), false)).toEqual({
    home: '/data',
    socket: '/data/run/api.sock',
    sandbox: false,
  });
  expect(placeOf(context('linux', '/data'), true)).toEqual({
    home: '/data/sandbox',
    socket: '/data/sandbox/run/api.sock',
    sandbox: true,
  });
});

it('takes a relative data folder against our own', () => {
  expect(placeOf(context('linux', 'data'), false).home).toBe('/work/data');
});

it('has a secret for a named pipe and none for a socket', () => {
  for (const [platform, secret] of [
    ['win32', 'abc'],
    ['linux', null],
  ] as const) {
    const here = context(platform, '/data');
    expect(addressOf(here, placeOf(here, false)).secret).toBe(secret);
  }
});

it('speaks to no socket in a folder that another user made', () => {
  const long = { ...context('linux', `/${'long'.repeat(30)}`), ownerOf: () => owner };
  const place = placeOf(long, false);
  expect(place.socket).toMatch(/^\/tmp\/tokentray-1000-/);
  let owner: number | null = 1001;
  expect(plantedSocket(long, place)).toMatchObject({ error: { code: 'refused' } });
  for (owner of [1000, null]) expect(plantedSocket(long, place)).toBeNull();
});
