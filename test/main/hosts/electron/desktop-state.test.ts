import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { desktopStateFile } from '../../../../main/hosts/electron/desktop-state.ts';
import { silentLogger } from '../../../../main/lib/log.ts';

let home: string;
const empty = { bounds: null, closingTold: false, expiryTold: {}, chosenIn: null };

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-desktop-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

it('keeps what was set for the next start, for its owner alone', () => {
  desktopStateFile(home, silentLogger).set({ closingTold: true });
  expect(desktopStateFile(home, silentLogger).get()).toEqual({ ...empty, closingTold: true });
  expect(readdirSync(home)).toEqual(['desktop.json']);
  expect(statSync(path.join(home, 'desktop.json')).mode & 0o777).toBe(0o600);
});

it.each([
  ['nothing', undefined, empty],
  ['no JSON', '{', empty],
  ['another shape', '[1]', empty],
  ['one bad value', '{"closingTold":true,"bounds":{"x":"1"}}', { ...empty, closingTold: true }],
])('goes on from %s', (_, text, expected) => {
  if (text !== undefined) writeFileSync(path.join(home, 'desktop.json'), text);
  expect(desktopStateFile(home, silentLogger).get()).toEqual(expected);
});

it('works where nothing can be written', () => {
  const file = desktopStateFile(path.join(home, 'not', 'there'), silentLogger);
  file.set({ closingTold: true });
  expect(file.get().closingTold).toBe(true);
});
