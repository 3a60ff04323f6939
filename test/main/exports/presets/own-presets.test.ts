import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variablesOf } from '../../../../main/exports/presets/choose-variant.ts';
import { parsePreset } from '../../../../main/exports/presets/parse-preset.ts';
import { createPresetFiles } from '../../../../main/exports/presets/preset-files.ts';
import type { Preset } from '../../../../main/exports/presets/preset.ts';
import { createPresetRegistry, type PresetRegistry } from '../../../../main/exports/presets/registry.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { credentials } from '../sample.ts';

const parsed = (json: unknown, template: string | null = null) =>
  parsePreset({ name: 'mine', json: typeof json === 'string' ? json : JSON.stringify(json), template });

function preset(json: unknown, template: string | null = null): Preset {
  const result = parsed(json, template);
  if (!result.ok) throw new Error(result.faults[0]?.message);
  return result.preset;
}

describe('a preset file', () => {
  it('gives variables with the values of a connection, and knows which are secret', () => {
    const mine = preset(`{
      // Names of our own.
      "description": "Our tool",
      "link": "https://acme.example/tool",
      "needs": { "apis": ["jira"], "on": "site", "sent": "bearer" },
      "variables": {
        "TOOL_TOKEN": "{{ connection.access_token }}",
        "TOOL_URL": "{{ connection.jira_api_url }}/rest",
        "TOOL_USER": { "value": "{{ connection.username }}", "optional": true }
      }
    }`);
    expect(mine).toMatchObject({ name: 'mine', description: 'Our tool', kind: 'variables' });
    expect(variablesOf(mine, credentials())).toEqual({
      ok: true,
      value: [
        { name: 'TOOL_TOKEN', value: 'token-1', secret: true },
        { name: 'TOOL_URL', value: expect.stringMatching(/\/ex\/jira\/.*\/rest$/) as string, secret: false },
      ],
    });
  });

  it('is refused for a connection that lacks a value, with the variable and where', () => {
    const mine = preset({ variables: { USER: '{{ connection.username }}' } });
    expect(variablesOf(mine, credentials())).toMatchObject({
      error: { code: 'unsupported', message: expect.stringMatching(/^USER: Line 1, column 1 of/) as string },
    });
  });

  it.each([
    [{ providers: ['gitlab'] }, 'it is for gitlab, and this is a connection of atlassian'],
    [{ apis: ['trello'] }, 'it is for trello, and this connection opens Jira, Confluence'],
    [{ on: 'self-hosted' }, 'a server of your own'],
    [{ sent: 'basic' }, 'sent with a user name (Basic)'],
    [{ methods: ['api-token', 'access-token'] }, 'it takes an API token or an access token, not a sign-in'],
  ])('is for no connection that does not meet its needs: %j', (needs, reason) => {
    const result = variablesOf(preset({ needs, variables: { A: 'x' } }), credentials());
    expect(result).toMatchObject({ error: { message: expect.stringContaining(reason) as string } });
  });

  it.each<[string, unknown, string | null, string | null, string]>([
    ['is no JSON', '{ "variables": ', null, null, 'not valid JSON'],
    ['is no object', '[]', null, null, 'does not contain a JSON object'],
    ['has a field twice', '{ "variables": { "A": "x", "A": "y" } }', null, null, 'twice'],
    [
      'reaches a prototype',
      '{ "__proto__": { "polluted": 1 }, "variables": { "A": "x" } }',
      null,
      '__proto__',
      'not allowed',
    ],
    ['has an unknown field', { variables: { A: 'x' }, gatway: true }, null, 'gatway', 'no such field'],
    [
      'has a name that no variable can have',
      { variables: { 'A-B': 'x' } },
      null,
      'variables.A-B',
      'environment variable',
    ],
    [
      'decides what programs load',
      { variables: { LD_PRELOAD: '/tmp/x.so' } },
      null,
      'variables',
      'which code programs load',
    ],
    [
      'has a wrong placeholder',
      { variables: { A: 'x', B: 'a {{ connection.tokn }}' } },
      null,
      'variables.B',
      'Line 1, column 6: There is no name',
    ],
    ['has a wrong template', { template: '\n {{ nothing }}' }, null, 'template', 'Line 2, column 5'],
    ['has a wrong template beside it', {}, 'x {{', null, 'Line 1, column 3'],
    ['writes nothing', { description: 'x' }, null, 'variables', 'nothing that it writes'],
    ['has both', { variables: { A: 'x' }, template: 'x' }, null, 'template', 'both'],
    ['has both, one beside it', { variables: { A: 'x' } }, 'x', 'variables', 'mine.tmpl'],
    ['is too long', ' '.repeat(70_000), null, null, '64 KiB'],
    [
      'has a link that is none',
      { link: 'javascript:alert(1)', variables: { A: 'x' } },
      null,
      'link',
      'address',
    ],
  ])('%s: says which field and what to do', (_case, json, template, field, message) => {
    const result = parsed(json, template);
    if (result.ok) throw new Error('taken');
    expect(result.faults[0]).toMatchObject({ field, message: expect.stringContaining(message) as string });
    expect(result.faults[0]?.hint).not.toBe('');
  });
});

describe('the folder of presets', () => {
  let home: string;
  let folder: string;
  let registry: PresetRegistry;
  let changes: number;
  const put = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'tokentray-presets-'));
    folder = path.join(home, 'presets');
    registry = createPresetRegistry({ folder, logger: silentLogger });
    changes = 0;
    registry.onChange(() => (changes += 1));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const make = (): void => {
    createPresetFiles(registry).add({ text: '{ "variables": { "A": "first" } }', name: 'one' });
  };
  const problems = () =>
    registry.list().problems.map(({ file, field, message }) => [path.basename(file), field, message]);

  it('need not be there', () => {
    expect(registry.list().problems).toEqual([]);
    expect(registry.get('mcp-atlassian').ok).toBe(true);
    expect(registry.get('mcp-atlasian')).toMatchObject({
      error: { code: 'not-found', hint: expect.stringContaining('Did you mean mcp-atlassian?') as string },
    });
  });

  it('is read again when a file is changed, added or removed', () => {
    make();
    const text = () => {
      const found = registry.get('one');
      if (!found.ok) return found.error.code;
      const given = variablesOf(found.value, credentials());
      return given.ok ? given.value[0]?.value : given.error.code;
    };
    expect(text()).toBe('first');
    const before = changes;
    expect(text()).toBe('first');
    expect(changes).toBe(before);
    // As long as before, so that only its time tells.
    utimesSync(put('one.json', '{ "variables": { "A": "other" } }'), 1, 1);
    expect(text()).toBe('other');
    expect(changes).toBe(before + 1);
    put('two.tmpl', 'x');
    expect(registry.get('two').ok).toBe(true);
    rmSync(path.join(folder, 'one.json'));
    expect(text()).toBe('not-found');
  });

  it('gives a template the fields of the JSON file beside it', () => {
    make();
    put('pair.jsonc', '{ "name": "settings", /* ours */ "description": "Settings of our tool" }');
    put('pair.tmpl', 'token: {{ connection.access_token | json }}\n');
    const found = registry.get('settings');
    if (!found.ok || found.value.kind !== 'template') throw new Error('no template');
    expect(found.value.description).toBe('Settings of our tool');
    expect(found.value.fill(credentials())).toEqual({ ok: true, value: 'token: "token-1"\n' });
  });

  it('lists what cannot be used, and goes on with the others', () => {
    make();
    put('atlassian.json', '{ "variables": { "A": "x" } }');
    put('broken.json', '{');
    put('Odd Name.json', '{ "variables": { "A": "x" } }');
    put('same.json', '{ "name": "one", "variables": { "A": "x" } }');
    put('twice.json', '{ "variables": { "A": "x" } }');
    put('twice.jsonc', '{ "variables": { "A": "x" } }');
    writeFileSync(path.join(folder, 'bytes.tmpl'), Buffer.from([0xff, 0xfe, 0x00]));
    expect(problems()).toEqual([
      ['Odd Name.json', null, 'No preset can have this name.'],
      ['atlassian.json', 'name', 'Tokentray includes a preset with the name “atlassian”.'],
      ['broken.json', null, expect.stringContaining('not valid JSON')],
      ['bytes.tmpl', null, 'The file is not text in UTF-8.'],
      ['same.json', 'name', expect.stringContaining('already defines “one”')],
      ['twice.jsonc', null, 'There is another file for the preset twice.'],
    ]);
    expect(registry.get('one').ok).toBe(true);
    expect(registry.get('broken')).toMatchObject({
      error: { code: 'invalid-input', message: expect.stringContaining('broken.json') as string },
    });
  });

  it('never waits for a file, and takes none that others could change', () => {
    make();
    symlinkSync('/dev/zero', path.join(folder, 'endless.json'));
    symlinkSync('nowhere', path.join(folder, 'gone.tmpl'));
    expect(problems().map(([file]) => file)).toEqual(['endless.json', 'gone.tmpl']);
  });
});

describe('adding a preset', () => {
  let folder: string;
  const files = () => createPresetFiles(createPresetRegistry({ folder, logger: silentLogger }));
  const TEXT = '{ "variables": { "A": "x" } }';
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'tokentray-presets-')), 'presets');
  });
  afterEach(() => {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  });

  it('keeps the text as it is, for its owner alone, under the name of the preset', () => {
    const { digest, problems, replaces } = files().check({ text: TEXT, name: 'mine' });
    expect({ problems, replaces }).toEqual({ problems: [], replaces: null });
    const added = files().add({ text: TEXT, name: 'mine', digest });
    expect(added).toMatchObject({ ok: true, value: { file: path.join(folder, 'mine.json') } });
    expect(readFileSync(path.join(folder, 'mine.json'), 'utf8')).toBe(TEXT);
    expect(statSync(path.join(folder, 'mine.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['with comments', { text: `// ours\n${TEXT}`, name: 'mine' }, 'mine.jsonc'],
    ['a template', { text: 'x {{ connection.name }}', name: 'mine', template: true }, 'mine.tmpl'],
    [
      'with a name of its own',
      { text: '{ "name": "other", "variables": { "A": "x" } }', name: 'mine' },
      'other.json',
    ],
  ])('%s', (_case, source, name) => {
    expect(files().add(source)).toMatchObject({ ok: true });
    expect(existsSync(path.join(folder, name))).toBe(true);
  });

  it.each([
    ['what was not shown', { text: TEXT, name: 'mine', digest: 'another' }, 'conflict', 'changed since'],
    ['what has no name', { text: TEXT }, 'invalid-input', 'has no name'],
    ['a name that none can have', { text: TEXT, name: '../x' }, 'invalid-input', 'name of this file'],
    ['the name of an included one', { text: TEXT, name: 'bkt' }, 'invalid-input', 'Tokentray includes'],
    [
      'what is wrong',
      { text: '{ "variables": { "A": "{{" } }', name: 'mine' },
      'invalid-input',
      'variables.A: Line 1',
    ],
  ])('refuses %s', (_case, source, code, message) => {
    expect(files().add(source)).toMatchObject({
      error: { code, message: expect.stringContaining(message) as string },
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('replaces a file only when that is asked for, and never one of another kind', () => {
    files().add({ text: TEXT, name: 'mine' });
    const other = `${TEXT} // changed`;
    expect(files().check({ text: other, name: 'mine' }).replaces).toBe(path.join(folder, 'mine.json'));
    expect(files().add({ text: other, name: 'mine' })).toMatchObject({ error: { code: 'conflict' } });
    expect(files().add({ text: other, name: 'mine', force: true }).ok).toBe(true);
    expect(readFileSync(path.join(folder, 'mine.json'), 'utf8')).toBe(other);
    expect(files().add({ text: 'x', name: 'mine', template: true, force: true })).toMatchObject({
      error: { code: 'conflict', hint: 'Remove that file first.' },
    });
  });

  it('says why a file cannot be written', () => {
    writeFileSync(folder, 'no folder');
    expect(files().add({ text: TEXT, name: 'mine' })).toMatchObject({ error: { code: 'io' } });
  });
});
