import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { createAskPeer, parsePeer, peerInSs } from '../../../main/programs/ask-peer.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

it.each<[string, { pid: number; uid: number } | null]>([
  ['12 1000 1000\n', { pid: 12, uid: 1000 }],
  ['', null],
  ['12 1000', null],
  ['-1 0 0\n', null],
])('the helper’s %j', (text, peer) => {
  expect(parsePeer(text)).toEqual(peer);
});

const LISTED = `
u_str ESTAB 0 0 /run/user/1000/my app/api.sock 101 * 202 users:(("tokentray",pid=7,fd=20))
u_str ESTAB 0 0                              * 202 * 101 users:(("node",pid=42,fd=3))
u_str ESTAB 0 0                              * 303 * 404 users:(("a",pid=1,fd=3),("b",pid=2,fd=3))
u_str ESTAB 0 0                         @/tmp/x 404 * 303 users:(("x",pid=3,fd=9))
u_str ESTAB 0 0                              * 606 * 505
`;

it.each<[string, number | null]>([
  ['101', 42],
  ['404', null],
  ['505', null],
  ['999', null],
])('finds the other end of socket %s in what ss lists: %s', (inode, pid) => {
  expect(peerInSs(LISTED, inode)).toBe(pid);
});

const hasSs = process.platform === 'linux' && spawnSync('ss', ['-V']).status === 0;

it.runIf(hasSs)('asks ss where there is no helper, and the connection goes on being read', async () => {
  const file = path.join(temporaryFolder(), 's');
  const server = createServer().listen(file);
  await once(server, 'listening');
  const code = `const s = require('node:net').connect(process.argv[1]);
    s.on('data', () => s.write('more'));`;
  const client = spawn(process.execPath, ['-e', code, file], { stdio: 'ignore' });
  onTestFinished(() => {
    client.kill('SIGKILL');
    server.close();
  });
  const [accepted] = (await once(server, 'connection')) as [Socket];
  const ask = createAskPeer({ helper: path.join(file, 'missing'), platform: 'linux' });
  expect(await ask(accepted)).toEqual({ pid: client.pid, uid: process.getuid?.() });
  accepted.write('go on');
  expect(String((await once(accepted, 'data'))[0])).toBe('more');
  expect(await createAskPeer({ helper: '', platform: 'win32' })(accepted)).toBeNull();
  accepted.destroy();
  expect(await ask(accepted)).toBeNull();
});
