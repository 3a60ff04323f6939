import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connectMany } from './support/many-connections.ts';
import { expect, test } from './support/stand-in-fixture.ts';
import { marked } from './support/tray-reading.ts';

test('a switch in the tray changes only the folders and files that follow the active connection', async ({
  start,
}) => {
  const { app, shell } = await start({ args: ['--sandbox', '--hidden'] });
  await connectMany(app, ['acme']);
  await connectMany(app, ['beta']);
  const folder = (name: string): string => path.join(app.home, 'work', name);
  const run = async (name: string, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await app.cli(args, { cwd: folder(name) });
    expect(code, stderr).toBe(0);
    return stdout.trim();
  };
  const tokenOf = async (name: string): Promise<string> => run('free', 'get', name);
  const holds = (name: string): string => readFileSync(path.join(folder(name), '.env'), 'utf8');
  for (const name of ['acme', 'beta', 'free']) mkdirSync(folder(name), { recursive: true });
  const [acme, beta] = [await tokenOf('acme'), await tokenOf('beta')];
  for (const name of ['acme', 'beta']) await run(name, 'use', name, '--here');
  for (const name of ['acme', 'free']) await run(name, 'export', 'add', path.join(folder(name), '.env'));

  for (const [active, token] of [
    ['beta', beta],
    ['acme', acme],
    ['beta', beta],
  ] as const) {
    if (marked(await shell.tray()) !== active) await shell.clickTray([active]);
    await expect.poll(async () => marked(await shell.tray())).toBe(active);
    await expect.poll(() => holds('free')).toContain(token);
    expect(holds('acme')).toContain(acme);
    expect([await run('acme', 'get'), await run('beta', 'get'), await run('free', 'get')]).toEqual([
      acme,
      beta,
      token,
    ]);
  }
});
