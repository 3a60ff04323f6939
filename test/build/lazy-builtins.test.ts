import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lazyBuiltins } from '../../build/lazy-builtins.ts';

const NAMES = ['node:crypto', 'node:worker_threads'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-lazy-builtins-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('loads a module when one of its functions or classes is first used', async () => {
  const input = path.join(folder, 'source.js');
  writeFileSync(
    input,
    `import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { sep } from 'node:path';
export const digest = () => createHash('sha256').update('a').digest('hex').slice(0, 6);
export const made = () => 'port1' in new MessageChannel();
export { sep };`,
  );
  const file = path.join(folder, 'bundle.cjs');
  const bundle = await rolldown({ input, platform: 'node', plugins: [lazyBuiltins(NAMES)] });
  await bundle.write({ file, format: 'cjs' });
  await bundle.close();

  const asked = vi.spyOn(process, 'getBuiltinModule');
  const loaded = createRequire(file)(file) as { digest: () => string; made: () => boolean; sep: string };
  expect(loaded.sep).toBe(path.sep);
  const names = () => asked.mock.calls.map(([name]) => name).filter((name) => NAMES.includes(name));
  expect(names()).toEqual([]);
  expect(loaded.digest()).toBe('ca9781');
  expect(loaded.made()).toBe(true);
  expect(loaded.digest()).toBe('ca9781');
  expect(names()).toEqual(NAMES);
});
