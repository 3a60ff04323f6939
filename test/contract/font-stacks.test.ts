import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { MONO_FONTS, UI_FONTS } from '../../contract/font-stacks.ts';

const base = readFileSync(path.resolve(import.meta.dirname, '../../renderer/styles/base.css'), 'utf8');

/** A custom property of the window, on one line. */
const property = (name: string): string | undefined =>
  new RegExp(`--${name}:([^;]+);`).exec(base)?.[1]?.replace(/\s+/g, ' ').trim();

it.each([
  ['ui-fonts', UI_FONTS],
  ['mono-fonts', MONO_FONTS],
])('the window has the same --%s as the pages in the browser', (name, fonts) => {
  expect(property(name)).toBe(fonts);
});
