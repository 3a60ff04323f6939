import { describe, expect, it } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import { ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { holderCalled, holderInLsof, listeningInodes } from '../../../main/signin/port-holder.ts';
import { createRedirectCheck } from '../../../main/signin/redirect-check.ts';

/** A machine on which these `host port` are in use; `missing` lacks the address family. */
function checkOn(used: Readonly<Record<string, string>>, waiting = false) {
  const check = createRedirectCheck({
    registry: { get: (id) => ok(BUNDLED_DEFINITIONS.find((one) => one.id === id)!) },
    waits: () => waiting,
    tryPort: (host, port) => Promise.resolve(used[`${host} ${port}`] ?? null),
    findHolder: (port) => Promise.resolve({ name: 'python3', pid: port }),
  });
  return async (redirectUri: string, provider = 'atlassian') => {
    const found = await check(ProviderId.parse(provider), redirectUri);
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  };
}

const HERE = 'http://127.0.0.1:7979/callback';
const TAKEN = { '127.0.0.1 7979': 'EADDRINUSE' };

describe('a redirect URI', () => {
  it('whose port is free', async () => {
    expect(await checkOn({})(HERE)).toMatchObject({
      fault: null,
      port: 7979,
      state: 'free',
      suggestion: null,
    });
  });

  it('whose port another program has: who, and the next one that is free', async () => {
    const used = { ...TAKEN, '127.0.0.1 7980': 'EADDRINUSE' };
    expect(await checkOn(used)(HERE)).toEqual({
      fault: null,
      port: 7979,
      state: 'taken',
      holder: { name: 'python3', pid: 7979 },
      suggestion: 'http://127.0.0.1:7981/callback',
      anyPort: false,
    });
  });

  it('whose port is Tokentray’s own, because it waits for a sign-in there', async () => {
    expect(await checkOn(TAKEN, true)(HERE)).toMatchObject({ state: 'waiting', suggestion: null });
  });

  it('on localhost needs both families, as far as the machine has them', async () => {
    const local = 'http://localhost:7979/callback';
    expect(await checkOn({ '::1 7979': 'EADDRINUSE' })(local)).toMatchObject({ state: 'taken' });
    expect(await checkOn({ '::1 7979': 'EAFNOSUPPORT' })(local)).toMatchObject({ state: 'free' });
  });

  it('with a port that the system keeps for itself', async () => {
    expect(await checkOn({ '127.0.0.1 80': 'EACCES' })('http://127.0.0.1/callback')).toMatchObject({
      port: 80,
      state: 'refused',
      holder: null,
      suggestion: 'http://127.0.0.1:7979/callback',
    });
  });

  it('of a provider that takes any port', async () => {
    expect(await checkOn(TAKEN)(HERE, 'github')).toMatchObject({ state: 'taken', anyPort: true });
  });

  it.each(['https://acme.example/callback', 'http://127.0.0.1:7979/callback?x=1', 'nonsense'])(
    '%s cannot be one, and says what one looks like',
    async (redirectUri) => {
      expect(await checkOn({})(redirectUri)).toMatchObject({
        state: null,
        fault: { field: 'redirect-uri', hint: expect.stringContaining('127.0.0.1') as string },
      });
    },
  );
});

describe('who has a port', () => {
  const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F2B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41 1 0 100 0 0 10 0
   1: 0100007F:1F2B 0100007F:9000 01 00000000:00000000 00:00000000 00000000  1000        0 42 1 0 100 0 0 10 0
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 43 1 0 100 0 0 10 0`;

  it('on Linux is the one whose socket listens, not one that is connected', () => {
    expect(listeningInodes(TABLE, 7979)).toEqual(['41']);
    expect(listeningInodes(TABLE, 80)).toEqual(['43']);
    expect(listeningInodes('', 80)).toEqual([]);
  });

  it('on macOS is the first that lsof lists', () => {
    expect(holderInLsof('p4312\ncPython\nf3\n')).toEqual({ name: 'Python', pid: 4312 });
    expect(holderInLsof('')).toBeNull();
  });

  it.each([
    ['x\u001B]0;owned\u0007\ny', 'x ]0;owned y'],
    ['safe\u202Egpj.exe', 'safe gpj.exe'],
    ['n'.repeat(300), `${'n'.repeat(79)}…`],
  ])('is told without what could mislead in a name such as %j', (given, name) => {
    expect(holderCalled(given, 7)).toEqual({ name, pid: 7 });
    expect(holderCalled('\u202E', 7)).toBeNull();
  });
});
