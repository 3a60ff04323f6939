import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi, type Mock } from 'vitest';
import { createImports, type ImportsOptions } from '../../../main/import/imports.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-imports-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = path.join(folder, 'jira.env');
writeFileSync(
  file,
  'JIRA_URL=https://acme.atlassian.net\nJIRA_USERNAME=a@b.example\nJIRA_API_TOKEN=ATATT3x0123456789\n',
);
const importsInto = (store: Store, start: Mock, clock: FakeClock) =>
  createImports({
    store,
    registry: { get: () => ok(BUNDLED_DEFINITIONS[0]!) },
    clients: { list: () => [] },
    signIns: { start },
    refresher: { onChange: new Emitter().event },
    clock,
  } as unknown as ImportsOptions);

test('what was found can be taken for ten minutes, and only by its id', async () => {
  const clock = new FakeClock();
  const start = vi.fn(() => Promise.resolve(fail('offline', 'No network.')));
  const imports = importsInto(memoryStore({ clock }), start, clock);
  const search = async (): Promise<string> => {
    const answer = await imports.find({ file });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value.candidates.length).toBe(1);
    return answer.value.candidates[0]!.id;
  };
  const take = async (id: string): Promise<string | undefined> => {
    const answer = await imports.take({ ids: [id], takeOver: false });
    return answer.ok ? answer.value.results[0]?.error?.code : answer.error.code;
  };

  const first = await search();
  expect(await take('00000000-0000-4000-8000-000000000000')).toBe('not-found');
  expect(await take(first)).toBe('offline');
  expect(await Promise.all([take(first), take(first)])).toEqual(['offline', 'not-found']);
  const second = await search();
  expect(await take(first)).toBe('not-found');
  clock.advance(10 * 60_000 + 1);
  expect(await take(second)).toBe('not-found');
  const third = await search();
  await imports.dispose();
  expect(await take(third)).toBe('not-found');
  expect(start).toHaveBeenCalledTimes(2);
});

test('what was connected meanwhile is not connected twice', async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const start = vi.fn();
  const imports = importsInto(store, start, clock);
  const answer = await imports.find({ file });
  const [found] = answer.ok ? answer.value.candidates : [];
  expect(found?.problem).toBeNull();
  const inserted = store.connections.insert(
    sampleConnection({
      provider: BUNDLED_DEFINITIONS[0]!.id,
      method: 'api-token',
      grant: null,
      sent: { as: 'basic', username: 'a@b.example' },
      route: 'site',
    }),
    sampleTokens({ accessToken: 'ATATT3x0123456789', refreshToken: null, expiresAt: null }),
  );
  expect(inserted.ok).toBe(true);
  const taken = await imports.take({ ids: [found!.id], takeOver: false });
  expect(taken).toMatchObject({ value: { results: [{ connection: null, error: { code: 'conflict' } }] } });
  expect(start).not.toHaveBeenCalled();
  const again = await imports.find({ file });
  expect(again).toMatchObject({ value: { candidates: [{ problem: { code: 'conflict' } }] } });
});

test('files that hold secrets in the clear are listed without a keychain, and without losing what was found', async () => {
  const home = path.join(folder, 'home');
  mkdirSync(path.join(home, '.config', 'gh'), { recursive: true });
  writeFileSync(
    path.join(home, '.config', 'gh', 'hosts.yml'),
    'github.com:\n  users:\n    ana:\n      oauth_token: gho_0123456789abcdef0123\n    ben:\n',
  );
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CONFIG_HOME', undefined);
  vi.stubEnv('GH_CONFIG_DIR', undefined);
  const asked = vi.fn(() => Promise.resolve(null));
  const clock = new FakeClock();
  const imports = createImports({
    store: memoryStore({ clock }),
    registry: { get: () => ok(BUNDLED_DEFINITIONS[0]!) },
    clients: { list: () => [] },
    refresher: { onChange: new Emitter().event },
    signIns: { start: () => Promise.resolve(fail('offline', 'No network.')) },
    keychain: asked,
    clock,
  } as unknown as ImportsOptions);
  const file = path.join(folder, 'three.env');
  writeFileSync(file, 'JIRA_URL=https://acme.atlassian.net\nJIRA_USERNAME=a@b.example\nJIRA_API_TOKEN=x\n');
  const found = await imports.find({ file });
  expect(await imports.clearFiles()).toEqual([
    { path: path.join(home, '.config', 'gh', 'hosts.yml'), kinds: ['personal access token'] },
  ]);
  expect(asked).not.toHaveBeenCalled();
  const id = found.ok ? found.value.candidates[0]!.id : '';
  expect(await imports.take({ ids: [id], takeOver: false })).toMatchObject({
    value: { results: [{ error: { code: 'offline' } }] },
  });
  await imports.find({ source: 'gh' });
  expect(asked).toHaveBeenCalledWith('gh:github.com', 'ben', []);
  vi.unstubAllEnvs();
});
