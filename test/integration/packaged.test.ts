import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumProgram } from '../../build/chromium.ts';
import { ROOT, isolatedEnv } from '../e2e/support/app.ts';
import { loadedPage } from '../packaged/devtools.ts';
import { freePort } from './support/free-port.ts';
import { run } from './support/run.ts';

/** What judges the real Electron elsewhere is itself judged here. */

let folder: string;
let end: (() => Promise<unknown>)[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-judges-'));
  end = [];
});
afterEach(async () => {
  for (const each of end) await each();
  rmSync(folder, { recursive: true, force: true });
});

function spawned(command: string, args: string[], env = process.env): ReturnType<typeof spawn> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  end.push(async () => {
    const exited = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await exited;
  });
  return child;
}

it('a page counts as loaded when it shows the product’s first words, and not as a 404', async () => {
  const core = spawned(
    process.execPath,
    [path.join(ROOT, 'out/main/serve.js'), '--sandbox', '--session-only', '--no-open', '--json'],
    isolatedEnv(folder),
  );
  const [line] = (await once(createInterface({ input: core.stdout! }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const browser = async (address: string): Promise<number> => {
    const port = await freePort();
    spawned(chromiumProgram() ?? 'chromium', [
      '--headless=new',
      '--disable-background-networking',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${path.join(folder, String(port))}`,
      `--remote-debugging-port=${port}`,
      address,
    ]);
    return port;
  };
  const page = await loadedPage(await browser(url), /^http:\/\/127\.0\.0\.1/, 30_000);
  expect(page).toMatchObject({ visibility: 'visible' });
  await expect(loadedPage(await browser(new URL('/nothing', url).href), /^http:/, 8_000)).rejects.toThrow(
    'Last seen: {"url":"http://127.0.0.1',
  );
  await expect(loadedPage(await freePort(), /./, 500)).rejects.toThrow('The page was not loaded');
});

const hasSway = ['sway', 'wl-paste'].every((name) => existsSync(`/usr/bin/${name}`));
describe.runIf(hasSway)('a command in a compositor', () => {
  const underSway = (...command: string[]): Promise<{ code: number; stdout: string }> => {
    const script = path.join(folder, 'under-sway.sh');
    copyFileSync(path.join(ROOT, 'test/packaged/under-sway.sh'), script);
    // Sway refuses to run as root.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    if (user.uid !== undefined) for (const each of [folder, script]) chownSync(each, user.uid, user.gid);
    const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, DISPLAY: ':77' };
    return run('/bin/sh', [script, ...command], { ...user, env });
  };

  it('finds a clipboard that other programs read, and no X', async () => {
    const script = `printf "it's %s" here | wl-copy; echo "$(wl-paste -n), \${DISPLAY-no X}"`;
    expect(await underSway('sh', '-c', script)).toMatchObject({ code: 0, stdout: "it's here, no X\n" });
  });

  it('fails as the command does', async () => {
    expect((await underSway('sh', '-c', 'exit 3')).code).toBe(3);
    expect((await underSway('/nonexistent')).code).toBe(127);
  });
});
