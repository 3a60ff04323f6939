import { describe, expect, it } from 'vitest';
import { mayRead, resolveForKey } from '../../../main/consumers/remote-keys.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';

const record = (name: string) => ({ id: `id-${name}`, name, provider: 'atlassian' }) as ConnectionRecord;
const ALL = [record('acme'), record('beta'), record('secret project')];
const records = (active = 'id-acme', all = ALL) => ({
  list: () => all,
  get: (id: string) => all.find((one) => one.id === id) ?? null,
  active: () => active as ConnectionRecord['id'],
});
const opens = (...names: string[]) => ({
  connections: new Set(names.map((name) => `id-${name}` as ConnectionRecord['id'])),
});

describe('a key for another machine', () => {
  it.each<[string, Parameters<typeof resolveForKey>, string]>([
    ['the one that is named', [records(), opens('acme', 'beta'), 'beta'], 'beta'],
    ['by id', [records(), opens('acme', 'beta'), 'id-beta'], 'beta'],
    ['its only one, whichever is active', [records(), opens('beta'), undefined], 'beta'],
    ['the active one of several', [records('id-beta'), opens('acme', 'beta'), undefined], 'beta'],
  ])('opens %s', (_, given, name) => {
    expect(resolveForKey(...given)).toMatchObject({ ok: true, value: { name } });
  });

  it.each<[string, Parameters<typeof resolveForKey>]>([
    ['one that it is not for, by name', [records(), opens('acme'), 'secret project']],
    ['one that it is not for, by id', [records(), opens('acme'), 'id-secret project']],
    ['one that is active but not its own', [records('id-secret project'), opens('acme', 'beta'), undefined]],
    ['one that was removed', [records('id-acme', []), opens('acme'), undefined]],
  ])('does not open %s, and does not say that it exists', (_, given) => {
    const found = resolveForKey(...given);
    expect(found).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const said = found.ok ? '' : `${found.error.message} ${found.error.hint ?? ''}`;
    expect(said.replace(/connection “[^”]*”/, '')).not.toContain('secret project');
  });

  it.each<[Parameters<typeof mayRead>[0]['fields'], Parameters<typeof mayRead>[1], boolean]>([
    [null, 'access_token', true],
    [null, null, true],
    [undefined, null, true],
    [['authorization'], 'authorization', true],
    [['authorization'], 'access_token', false],
    [['authorization'], null, false],
  ])('with the fields %j, reading %j is allowed: %j', (fields, field, allowed) => {
    expect(mayRead({ name: 'k', fields }, field).ok).toBe(allowed);
  });
});
