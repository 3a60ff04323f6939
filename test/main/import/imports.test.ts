import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createImports, type ImportsOptions } from '../../../main/import/imports.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-imports-'));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what was found can be taken for ten minutes, and only by its id', async () => {
  const clock = new FakeClock();
  const start = vi.fn(() => Promise.resolve(fail('offline', 'No network.')));
  const imports = createImports({
    store: memoryStore({ clock }),
    registry: { get: () => ok(BUNDLED_DEFINITIONS[0]!) },
    clients: { list: () => [] },
    signIns: { start },
    clock,
  } as unknown as ImportsOptions);
  const file = path.join(folder, 'one.env');
  writeFileSync(
    file,
    'JIRA_URL=https://acme.atlassian.net\nJIRA_USERNAME=a@b.example\nJIRA_API_TOKEN=ATATT3x0123456789\n',
  );
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
