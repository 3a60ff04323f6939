// The data folder's database is moved away under the running app.
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';

let home: string;
let keyring: PrivateKeyring;
let app: RunningApp;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-gone-'));
  keyring = await startKeyring();
  app = await startApp([], { home, keepHome: true, sandbox: false, env: keyring.env });
});
afterAll(async () => {
  await app.stop();
  await keyring.stop();
  rmSync(home, { recursive: true, force: true });
});

it('is said by every command that would have to save, by status and by doctor, until it is back', async () => {
  const [database, elsewhere] = [path.join(home, 'tokentray.db'), path.join(home, 'elsewhere')];
  const lost = `${database} was removed or replaced`;
  const pause = (): ReturnType<RunningApp['cli']> => app.cli(['pause']);
  const add = (): ReturnType<RunningApp['cli']> =>
    app.cli(['clients', 'add', 'atlassian', '--client-id', 'client-1', '--json'], {
      input: 'client-secret\n',
    });

  expect((await app.cli(['doctor'])).stdout).toMatch(/● database/);
  renameSync(database, elsewhere);
  expect(await add()).toMatchObject({ code: 1, stdout: expect.stringContaining(lost) as string });
  expect(await pause()).toMatchObject({ code: 1, stderr: expect.stringContaining(lost) as string });
  expect((await app.cli(['status'])).stdout).toContain(`▲ ${lost}`);
  const doctor = await app.cli(['doctor']);
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toContain(`▲ database: ${lost}`);

  renameSync(elsewhere, database);
  expect(await pause()).toMatchObject({ code: 0 });
  expect((await app.cli(['doctor'])).stdout).toMatch(/● database/);
});
