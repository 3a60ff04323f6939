import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDesktop, type DesktopEnd } from '../../build/desktop-start.ts';
import { FAILING_ELECTRON } from './support/failing-electron.ts';

let folder: string;
let socket: string;
let said: string[];

/** A program in Electron's place. */
function program(script: string): string {
  const file = path.join(folder, 'electron');
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

/** For what does not come up. */
const IMPATIENT = { noticeMs: 300, limitMs: 1_500, killMs: 300 };
/** For what does, on a machine that is busy with other things. */
const PATIENT = { noticeMs: 30_000, limitMs: 60_000, killMs: 300 };

const start = (script: string, env: NodeJS.ProcessEnv = {}, patience = IMPATIENT): Promise<DesktopEnd> =>
  startDesktop({
    program: program(script),
    args: [],
    env: { ...process.env, SOCKET: socket, FOLDER: folder, ...env },
    socket,
    log: (line) => said.push(line),
    patience,
  });

/** What comes up as the app does, and ends by itself. */
const APP = `#!${process.execPath}
require('node:net').createServer().listen(process.env.SOCKET);
setTimeout(() => process.exit(Number(process.env.CODE)), 1_000);
`;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-desktop-'));
  socket = path.join(folder, 'api.sock');
  said = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a desktop app that does not come up', () => {
  it.each([...FAILING_ELECTRON, { what: 'ends without a word', script: 'exit 0', why: 'exit code 0' }])(
    '$what',
    async ({ script, why }) => {
      expect(
        await start(`#!/bin/sh
${script}
`),
      ).toEqual({
        kind: 'not-started',
        why: `ended before it was ready (${why})`,
      });
    },
  );

  it('is no program at all', async () => {
    rmSync(program('x'));
    const end = await startDesktop({
      program: path.join(folder, 'nothing'),
      args: [],
      env: {},
      socket,
      log: () => undefined,
    });
    expect(end).toMatchObject({ kind: 'not-started', why: expect.stringContaining('ENOENT') as string });
  });

  it('hangs, and does not even end when it is asked to', async () => {
    const end = await start(
      `#!/bin/sh\ntrap '' TERM\necho $$ > "$FOLDER/pid"\nwhile :; do sleep 0.1; done\n`,
    );
    expect(end).toEqual({ kind: 'not-started', why: 'did not answer within 1.5 seconds' });
    expect(said).toEqual(['The desktop app is slow to start …']);
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('crashes beside a core that ran before', async () => {
    const running = await listen();
    expect(await start('#!/bin/sh\nkill -TRAP $$\n')).toMatchObject({ kind: 'not-started' });
    running.close();
  });
});

describe('a desktop app that comes up', () => {
  it.each([0, 1, 7])('ends with its own exit code %d, however long it ran', async (code) => {
    expect(await start(APP, { CODE: String(code) }, PATIENT)).toEqual({ kind: 'ran', code });
    expect(existsSync(socket)).toBe(true);
  });

  it('says that it was killed, which nothing else does', async () => {
    const script = `#!${process.execPath}
require('node:net').createServer().listen(process.env.SOCKET);
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_000);
`;
    expect(await start(script, {}, PATIENT)).toEqual({ kind: 'ran', code: 137 });
    expect(said).toEqual(['Tokentray was ended from outside (SIGKILL).']);
  });

  it('hands over to the one that runs', async () => {
    const running = await listen();
    expect(await start('#!/bin/sh\nexit 0\n')).toEqual({ kind: 'ran', code: 0 });
    running.close();
  });

  it('is ended by whoever started it before it is up', async () => {
    const listeners = process.listenerCount('SIGTERM');
    const starting = start('#!/bin/sh\nexec sleep 60\n');
    await expect.poll(() => process.listenerCount('SIGTERM')).toBe(listeners + 1);
    process.emit('SIGTERM');
    expect(await starting).toEqual({ kind: 'ran', code: 143 });
    expect(process.listenerCount('SIGTERM')).toBe(listeners);
  });
});

it('does not get what the caller’s shell meant for another program', async () => {
  const hostile = { NODE_OPTIONS: '--require ./nope.js', ELECTRON_RUN_AS_NODE: '1', HTTPS_PROXY: 'http://p' };
  await start('#!/bin/sh\nenv > "$FOLDER/env"\nexit 1\n', hostile);
  const env = readFileSync(path.join(folder, 'env'), 'utf8');
  expect(env).not.toMatch(/^(NODE_OPTIONS|ELECTRON_RUN_AS_NODE)=/m);
  expect(env).toContain('HTTPS_PROXY=http://p');
});

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(socket, () => {
      resolve(server);
    });
  });
}
