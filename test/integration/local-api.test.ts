import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { docBlocks, type DocBlock } from './support/doc-blocks.ts';
import { run } from './support/run.ts';

const PROGRAMS: Record<string, readonly [program: string, file: string]> = {
  sh: ['bash', 'block.sh'],
  python: ['python3', 'block.py'],
  js: [process.execPath, 'block.mjs'],
};

let app: RunningApp;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await startApp();
  await connect(app);
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-api-'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.join(ROOT, 'out/client'), path.join(folder, 'node_modules/tokentray-client'));
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const command = path.join(bin, 'tokentray');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}/out/cli/tokentray.cjs" "$@"\n`);
  chmodSync(command, 0o755);
  env = {
    ...isolatedEnv(app.home),
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    SOCKET: app.socket,
    TOKENTRAY_SANDBOX: '1',
  };
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

function program({ language, text }: DocBlock): [string, string[]] {
  const [name = '', file = ''] = PROGRAMS[language] ?? [];
  writeFileSync(path.join(folder, file), text);
  return [name, [path.join(folder, file)]];
}

const blocks = docBlocks('docs/local-api.md').filter(({ language }) => Object.hasOwn(PROGRAMS, language));

describe('docs/local-api.md', () => {
  const prints: Record<string, RegExp> = {
    'The local API': /^$/,
    curl: /https?:|Ana Keller/,
    Python: /^Ana Keller$/,
    Node: /^Ana Keller$|\[ 'acme', 'connected' \]/,
  };
  const atOnce = blocks.filter(({ heading }) => heading !== 'Events');

  it.each(atOnce.map((block, index) => [`${block.heading} ${index}`, block] as const))(
    'the example “%s” does what it says',
    async (_name, block) => {
      const { code, stdout, stderr } = await run(...program(block), { env, cwd: folder });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.trim()).toMatch(prints[block.heading] ?? /never/);
    },
  );

  it.each(
    blocks.filter(({ heading }) => heading === 'Events').map((block) => [block.language, block] as const),
  )('the example of events in %s shows a refresh and no token', async (_language, block) => {
    const [name, args] = program(block);
    const child = spawn(name, args, {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    try {
      let shown = '';
      const seen = (async () => {
        for await (const line of createInterface({ input: child.stdout })) {
          shown += line;
          if (/"lastRefreshAt":"|a new token/.test(line)) return;
        }
      })();
      // Until the stream is open, nobody hears of a refresh.
      const token = async () => (await app.cli(['get'])).stdout.trim();
      const tokens = [await token()];
      const refreshing = setInterval(() => void app.cli(['refresh']), 700);
      await seen;
      clearInterval(refreshing);
      tokens.push(await token());
      expect(tokens.some((one) => shown.includes(one))).toBe(false);
    } finally {
      const ended = once(child, 'exit');
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
    }
  });
});

describe('docs/agent-skill/SKILL.md', () => {
  it.each(docBlocks('docs/agent-skill/SKILL.md').map(({ heading, text }) => [heading, text] as const))(
    'the commands under “%s” work, and print no token',
    async (_heading, text) => {
      const { code, stdout, stderr } = await run('bash', ['-ec', text], { env, cwd: folder });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain((await app.cli(['get'])).stdout.trim());
    },
  );
});
