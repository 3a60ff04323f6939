import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  isFromOwnUser,
  isOwnUser,
  peerOwner,
  peerOwners,
  type PeerOwner,
} from '../../../main/lib/peer-owner.ts';

/** As proc(5) describes it: both ends of one connection, others to the same server, ended ones, and a listener. */
const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:93C6 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 100 0 0 10 0
   1: 0100007F:93C6 0100007F:B3FF 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0 20 4 30 10 -1
   2: 0100007F:B3FF 0100007F:93C6 01 00000000:00000000 02:0000176F 00000000 12345        0 13 3 0 20 0 0 11 -1
   3: 0100007F:B400 0100007F:93C6 08 00000000:00000000 02:0000176F 00000000  1001        0 14 3 0 20 0 0 11 -1
   4: 0100007F:B402 0100007F:93C6 06 00000000:00000000 03:00000E3B 00000000     0        0 0 3 0
   5: 0100007F:B403 0100007F:93C6 01 00000000:00000000 02:0000176F 00000000     0        0 15 3 0 20 0 0 11 -1
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000100007F:B404 0000000000000000FFFF00000100007F:93C6 01 00000000:00000000 00:00000000 00000000  1002        0 16 2 0 20 0 0 10 -1
   1: 00000000000000000000000001000000:B405 00000000000000000000000001000000:93C6 01 00000000:00000000 00:00000000 00000000  1003        0 17 2 0 20 0 0 10 -1
`;

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}
const tables =
  (files: Record<string, string>, size = 1000) =>
  (file: string): Promise<AsyncIterable<string> | null> =>
    Promise.resolve(files[file] === undefined ? null : inPieces(files[file], size));

const BOTH = { '/proc/net/tcp': TCP, '/proc/net/tcp6': TCP6 };
const ownerOf = (port: number, files: Record<string, string> = BOTH, address = '127.0.0.1', size = 1000) =>
  peerOwner({ address, port }, { address, port: 0x93c6 }, tables(files, size));

describe('peerOwner', () => {
  it.each<[string, number, PeerOwner]>([
    ['the user at the other end, not our own', 0xb3ff, 12345],
    ['one that said all it had to say', 0xb400, 1001],
    ['root', 0xb403, 0],
    ['nobody any more, which the table writes as root', 0xb402, 'gone'],
    ['who talks to us through an IPv6 socket', 0xb404, 1002],
    ['nobody that this system knows', 0xb401, 'elsewhere'],
  ])('tells %s', async (_, port, owner) => {
    for (const size of [1, 7, 150, 100_000]) expect(await ownerOf(port, BOTH, '127.0.0.1', size)).toBe(owner);
  });

  it('tells of many in one pass, in their order', async () => {
    const peers = [0xb404, 0xb401, 0xb3ff, 0xb402].map((port) => ({ address: '127.0.0.1', port }));
    const opened: string[] = [];
    const open = (file: string): Promise<AsyncIterable<string> | null> => {
      opened.push(file);
      return tables(BOTH, 7)(file);
    };
    const owners = await peerOwners(peers, { address: '127.0.0.1', port: 0x93c6 }, open);
    expect(owners).toEqual([1002, 'elsewhere', 12345, 'gone']);
    expect(opened).toHaveLength(2);
  });

  it('knows IPv6', async () => {
    expect(await ownerOf(0xb405, BOTH, '::1')).toBe(1003);
    expect(await ownerOf(0xb3ff, BOTH, '::1')).toBe('elsewhere');
  });

  it('says so where the system does not tell', async () => {
    expect(await ownerOf(0xb3ff, {})).toBe('unavailable');
  });

  it('stops at the row, and long before a table without end', async () => {
    let read = 0;
    const endless = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve(TCP);
      for (;;) {
        read += 1;
        yield await Promise.resolve('   9: 0100007F:0001 0100007F:0002 01\n'.repeat(30_000));
      }
    };
    const open = (): Promise<AsyncIterable<string>> => Promise.resolve(endless());
    const server = { address: '127.0.0.1', port: 0x93c6 };
    expect(await peerOwner({ address: '127.0.0.1', port: 0xb3ff }, server, open)).toBe(12345);
    expect(read).toBe(0);
    expect(await peerOwner({ address: '127.0.0.1', port: 0xb401 }, server, open)).toBe('elsewhere');
    expect(read).toBeLessThan(100);
  });
});

describe('isOwnUser', () => {
  const here = { uid: 1000, isWsl: false };
  it.each<[PeerOwner, { uid: number | null; isWsl: boolean }, boolean]>([
    [1000, here, true],
    [0, here, true],
    [1001, here, false],
    [65_534, here, false],
    ['gone', here, false],
    ['elsewhere', here, false],
    ['unavailable', here, true],
    // A browser of Windows.
    ['elsewhere', { uid: 1000, isWsl: true }, true],
    ['gone', { uid: 1000, isWsl: true }, false],
    [1001, { uid: 1000, isWsl: true }, false],
    ['elsewhere', { uid: null, isWsl: false }, true],
  ])('%s for %o: %s', (owner, user, own) => {
    expect(isOwnUser(owner, user)).toBe(own);
  });
});

describe('isFromOwnUser', () => {
  let server: Server;
  let client: Socket;
  afterEach(() => {
    client.destroy();
    server.close();
  });

  async function connected(listenAt: string, connectTo = listenAt): Promise<Socket> {
    server = createServer({ allowHalfOpen: true }).listen(0, listenAt);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    client = connect({ port, host: connectTo, allowHalfOpen: true });
    const [socket] = (await once(server, 'connection')) as [Socket];
    return socket.on('error', () => undefined);
  }

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1', '::ffff:127.0.0.1'],
    ['::1', '::1'],
  ])('is true for our own connection to %s from %s', async (listenAt, connectTo) => {
    expect(await isFromOwnUser(await connected(listenAt, connectTo))).toBe(true);
  });

  it('is true for one that has sent all it had to send', async () => {
    const socket = await connected('127.0.0.1');
    client.end('x');
    await once(socket.resume(), 'end');
    expect(await isFromOwnUser(socket)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('is false for one that is gone', async () => {
    const socket = await connected('127.0.0.1');
    client.destroy();
    await once(client, 'close');
    expect(await isFromOwnUser(socket)).toBe(false);
    socket.destroy();
  });

  it('is false for one that was reset', async () => {
    const socket = await connected('127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    client.resetAndDestroy();
    await closed;
    expect(await isFromOwnUser(socket)).toBe(false);
  });
});

it.runIf(process.platform === 'linux')(
  'is not told, and allows nobody, when no file can be opened any more',
  () => {
    const script = `
    const { openSync } = process.getBuiltinModule('node:fs');
    const { peerOwner } = await import(${JSON.stringify(new URL('../../../main/lib/peer-owner.ts', import.meta.url).href)});
    try { for (;;) openSync('/dev/null'); } catch {}
    const end = { address: '127.0.0.1', port: 1 };
    console.log(await peerOwner(end, end).catch(({ code }) => code));`;
    const limited = [
      '-c',
      'ulimit -n 64; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ];
    expect(execFileSync('sh', limited, { encoding: 'utf8' }).trim()).toBe('EMFILE');
  },
);
