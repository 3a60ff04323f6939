import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { writeStandardProvider } from './support/standard-provider.ts';
import { startStandardServer, type StandardServer } from './support/standard-server.ts';

// The built command line against a certified server: nothing but its issuer is known.
let app: RunningApp;
let server: StandardServer;

beforeAll(async () => {
  server = await startStandardServer();
  app = await startApp(['--session-only'], { sandbox: false });
  writeStandardProvider(app.home, { issuer: server.issuer, grants: ['device-code'] });
  expect((await app.cli(['providers', '--reload'])).code).toBe(0);
});
afterAll(async () => {
  await app.stop();
  await server.dispose();
});

it.each([[[]], [['--json']]])(
  'shows the code, waits, and connects: connect %j',
  { timeout: 60_000 },
  async (options) => {
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'out/cli/tokentray.cjs'), 'connect', 'standard', '--no-open', ...options],
      { env: isolatedEnv(app.home), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const lines: string[] = [];
    let entered = false;
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      const code = /\b[A-Z]{4}-[A-Z]{4}\b/.exec(line)?.[0];
      if (code === undefined || entered) continue;
      entered = true;
      await server.browse(`${server.issuer}/device?user_code=${code}`, { login: 'ana' });
    }
    expect(await ended).toBe(0);
    expect(lines.join('\n')).toContain('Person ana');
    expect((await app.cli(['list'])).stdout).toContain('Person ana');
  },
);
