import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, openSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const PEER = path.resolve(import.meta.dirname, '../../out/native/tokentray-peer');
const CLIENT = `require('node:net').connect(process.argv[1]); setTimeout(() => {}, 1e5)`;

/** Accepts a connection of a process of its own, and gives both. */
async function connected(options: SpawnOptions = {}): Promise<{ client: ChildProcess; accepted: Socket }> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const file = path.join(folder, 's');
  const server = createServer().listen(file);
  await once(server, 'listening');
  chmodSync(file, 0o777);
  const client = spawn(process.execPath, ['-e', CLIENT, file], { stdio: 'inherit', cwd: '/', ...options });
  const [accepted] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => {
    client.kill('SIGKILL');
    accepted.destroy();
    server.close();
  });
  return { client, accepted };
}

async function peerOf(accepted: Socket): Promise<string> {
  const child = spawn(PEER, [], { stdio: ['ignore', 'pipe', 'inherit', accepted], env: {} });
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
  await once(child, 'close');
  return text;
}

describe('the program that asks who is at the other end of a socket', () => {
  it('names the process that connected, and its user and group', async () => {
    const { client, accepted } = await connected();
    expect(await peerOf(accepted)).toBe(`${client.pid} ${process.getuid?.()} ${process.getgid?.()}\n`);
  });

  it.runIf(process.getuid?.() === 0)('names another user', async () => {
    const { client, accepted } = await connected({ uid: 65_534, gid: 65_533, env: {} });
    expect(await peerOf(accepted)).toBe(`${client.pid} 65534 65533\n`);
  });

  it('fails for what is no connected socket, and without one', () => {
    const folder = openSync(tmpdir(), 'r');
    expect(spawnSync(PEER, [], { stdio: ['ignore', 'pipe', 'pipe', folder] })).toMatchObject({ status: 1 });
    expect(spawnSync(PEER, [], { stdio: ['ignore', 'pipe', 'pipe'] })).toMatchObject({ status: 1 });
  });
});
