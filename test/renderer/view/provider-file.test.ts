import { expect, it } from 'vitest';
import { importPlan, overField, takeField } from '../../../renderer/view/import-plan.ts';
import { isJson, looksLikeProvider } from '../../../renderer/view/provider-file.ts';

it.each([
  ['{ "id": "acme", "oauth2": {} }', true],
  ['\uFEFF// ours\n{ "id": "acme", "methods": [] }', true],
  ['/* ours */ { "name": "acme", "auth_type": "oauth2" }', true],
  ['{ "ATLASSIAN_ACCESS_TOKEN": "x" }', false],
  ['{ "id": "acme" }', false],
  ['id=acme\n"methods":', false],
  ['', false],
])('%j is a provider file: %s', (text, is) => {
  expect(looksLikeProvider(text)).toBe(is);
});

it.each([
  ['acme.json', true],
  ['acme.JSONC', true],
  ['.env', false],
  ['json', false],
])('%s is JSON: %s', (name, is) => {
  expect(isJson(name)).toBe(is);
});

it('takes over only what is renewed and was asked for', () => {
  const candidate = (id: string, refreshes: boolean, stuck = false) => ({
    id,
    refreshes,
    problem: stuck ? { code: 'conflict' as const, message: 'It is connected already.' } : null,
  });
  const form = new FormData();
  for (const id of ['a', 'b', 'c', 'd']) form.set(takeField(id), 'on');
  for (const id of ['a', 'b', 'e']) form.set(overField(id), 'yes');
  form.set(overField('c'), 'no');
  const all = [
    candidate('a', false),
    candidate('b', true),
    candidate('c', true),
    candidate('d', true, true),
    candidate('e', true),
  ];
  expect(importPlan(all, form)).toEqual({ plainly: ['a', 'c'], over: ['b'] });
});
