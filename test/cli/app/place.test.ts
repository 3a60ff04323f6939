import { expect, it } from 'vitest';
import { addressOf, distrust, placeOf } from '../../../cli/app/place.ts';

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
    remote: false,
  });
  expect(placeOf(context('linux', '/data'), true)).toEqual({
    home: '/data/sandbox',
    socket: '/data/sandbox/run/api.sock',
    sandbox: true,
    remote: false,
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
  let uid = 1001;
  const long = {
    ...context('linux', `/${'long'.repeat(30)}`),
    look: (file: string) =>
      file.startsWith('/tmp/')
        ? ({ uid, mode: 0o700, kind: file.endsWith('.sock') ? 'socket' : 'folder' } as const)
        : ({ uid: 0, mode: 0o1777, kind: 'folder' } as const),
    realPath: (file: string) => file,
  };
  const place = placeOf(long, false);
  expect(place.socket).toMatch(/^\/tmp\/tokentray-1000-/);
  expect(distrust(long, place)).toMatchObject({ error: { code: 'refused' } });
  uid = 1000;
  expect(distrust(long, place)).toBeNull();
});

it.each([
  ['the variable', { TOKENTRAY_KEY: 'ttk_abc' }, 'ttk_abc'],
  ['a file', { TOKENTRAY_KEY_FILE: '/k/pipe.key' }, 'abc'],
  [
    'the variable before the file',
    { TOKENTRAY_KEY: 'ttk_abc', TOKENTRAY_KEY_FILE: '/k/pipe.key' },
    'ttk_abc',
  ],
  ['nowhere, without a key', {}, null],
  ['nowhere, where it could end the header', { TOKENTRAY_KEY: 'a\r\nX: y' }, null],
])('uses a socket that was carried here, with the key from %s', (_, env, secret) => {
  const here = context('linux', '/data');
  const far = { ...here, paths: { ...here.paths, env: { TOKENTRAY_SOCKET: 'far.sock', ...env } } };
  const place = placeOf(far, true);
  expect(place).toMatchObject({ socket: '/work/far.sock', remote: true, sandbox: false });
  expect(addressOf(far, place)).toEqual({ socket: '/work/far.sock', secret, sessionBus: null });
});
