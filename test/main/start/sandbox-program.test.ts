import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sandboxProgram } from '../../../main/start/sandbox-program.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-sandbox-program-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

it('starts the sandbox without what the environment meant for another program', async () => {
  const file = path.join(home, 'env.json');
  const open = sandboxProgram({
    environment: {
      platform: process.platform,
      env: {
        PATH: process.env['PATH'],
        TOKENTRAY_HOME: home,
        NODE_OPTIONS: '--inspect=0',
        ELECTRON_RUN_AS_NODE: '1',
      },
      homedir: home,
      uid: process.getuid?.() ?? null,
    },
    program: process.execPath,
    args: [
      '-e',
      `require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env)); process.exit(1)`,
    ],
    launch: false,
    command: 'tokentray serve --sandbox',
  });
  expect(await open()).toMatchObject({ ok: false, error: { code: 'failed' } });
  expect(existsSync(file)).toBe(true);
  const env = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(env).toMatchObject({ TOKENTRAY_HOME: home });
  expect(env).not.toHaveProperty('NODE_OPTIONS');
  expect(env).not.toHaveProperty('ELECTRON_RUN_AS_NODE');
});
