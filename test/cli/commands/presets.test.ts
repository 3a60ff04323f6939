import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { presetViews } from '../../fakes/preset-views.ts';
import { refuse } from '../../fakes/fake-core.ts';

const session = cliSession();
const mine = presetViews(false).at(-1)!;
const GOOD: CallOutput<'presets.check'> = {
  preset: mine,
  problems: [],
  replaces: '/p/mine.tmpl',
  digest: 'd1',
};
const BAD: CallOutput<'presets.check'> = {
  preset: null,
  problems: [
    { field: 'variables.A', message: 'Line 1, column 4: There is no name “x”.', hint: 'Did you mean y?' },
  ],
  replaces: null,
  digest: 'd2',
};
const listed = (asked: boolean): CallOutput<'presets.list'> => ({
  presets: presetViews(asked),
  problems: [
    { file: '/p/broken.json', field: 'needs', message: 'There is no such field.', hint: 'Remove it.' },
  ],
  folder: '/p',
});

let folder: string;
const write = (name: string): string => {
  const file = join(folder, name);
  writeFileSync(file, 'text');
  return file;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokentray-cli-'));
  session.core.answers = {
    'presets.list': ({ connection }) => listed(connection !== undefined),
    'presets.check': () => GOOD,
    'presets.add': () => ({ preset: mine, file: '/p/settings-file.tmpl' }),
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const calls = () => session.core.calls.map(({ name, input }) => [name, input]);

describe('presets list', () => {
  it('shows what each is for, how it can run, and the files that could not be used', async () => {
    const { code, out, err } = await session.cli.run('presets');
    expect(code).toBe(0);
    expect(out).toMatch(/^mcp-atlassian +variables +--gateway +MCP server/m);
    expect(out).toMatch(/^bkt +variables +--gateway +Command line for Bitbucket/m);
    expect(out).toMatch(/^authsome +variables +--proxy +/m);
    expect(out).toMatch(/^acli +nothing +– +/m);
    expect(out).toMatch(/^settings-file +a whole file .*\(yours\)$/m);
    expect(err).toContain('Your own presets: /p\n');
    expect(err).toContain('▲ /p/broken.json (needs): There is no such field.\n    Remove it.\n');
  });

  it('says which serve a connection, those first, and why the others do not', async () => {
    const { out, err } = await session.cli.run('presets', 'list', '--connection', 'acme');
    expect(calls()).toEqual([['presets.list', { connection: 'acme' }]]);
    const serving = out
      .split('\n')
      .slice(1)
      .map((line) => / (yes|no) /.exec(line)?.[1]);
    expect(serving.filter(Boolean).join(' ')).toMatch(/^yes( yes)*( no)+$/);
    expect(err).toMatch(
      /– The preset jira-js does not work with “acme – ana”: its token .*\n {4}Name a connection/,
    );
  });

  it('gives programs everything', async () => {
    expect((await session.cli.json('presets')).documents).toEqual([listed(false)]);
  });
});

describe('presets check', () => {
  it.each([
    ['mine.json', { text: 'text', name: 'mine' }],
    ['mine.tmpl', { text: 'text', name: 'mine', template: true }],
  ])('shows what %s would write', async (name, input) => {
    const { code, err } = await session.cli.run('presets', 'check', write(name));
    expect(code).toBe(0);
    expect(err).toContain('writes     a whole file\n');
    expect(err).toContain('replaces   /p/mine.tmpl\n');
    expect(calls()).toEqual([['presets.check', input]]);
  });

  it('names field, place and cure, and ends with code 2', async () => {
    session.core.answers['presets.check'] = () => BAD;
    expect(await session.cli.run('presets', 'check', write('mine.json'), '--name', 'other')).toMatchObject({
      code: 2,
      err: '▲ variables.A: Line 1, column 4: There is no name “x”.\n    Did you mean y?\n',
    });
    expect(calls()).toEqual([['presets.check', { text: 'text', name: 'other' }]]);
  });

  it('says when there is no such file', async () => {
    expect((await session.cli.run('presets', 'check', join(folder, 'none.json'))).code).toBe(5);
  });
});

describe('presets add', () => {
  it('gives the app what was shown, after the person agreed', async () => {
    session.cli.atTerminal().stdin.type('y');
    const { code, err } = await session.cli.run('presets', 'add', write('mine.tmpl'), '--force');
    expect(code).toBe(0);
    expect(err).toContain('Add this preset?');
    expect(err).toContain('Use it with: tokentray export add FILE --preset settings-file\n');
    const source = { text: 'text', name: 'mine', template: true };
    expect(calls()).toEqual([
      ['presets.check', source],
      ['presets.add', { ...source, digest: 'd1', force: true }],
    ]);
  });

  it('leaves it when they did not, or cannot be asked', async () => {
    expect((await session.cli.json('presets', 'add', write('mine.json'))).code).toBe(2);
    session.cli.atTerminal().stdin.type('');
    expect((await session.cli.run('presets', 'add', write('mine.json'))).code).toBe(1);
    expect(calls().map(([name]) => name)).toEqual(['presets.check', 'presets.check']);
  });

  it('takes standard input, and passes on why not', async () => {
    session.core.answers['presets.add'] = () =>
      refuse('conflict', 'It is there already.', 'Replace it with --force.');
    session.cli.stdin.type('{}');
    session.cli.stdin.end();
    const { code, err } = await session.cli.run('presets', 'add', '-', '--name', 'mine', '--yes');
    expect(code).toBe(1);
    expect(err).toContain('--force');
  });
});

it('run says that a template has no variables, and starts nothing', async () => {
  session.core.answers['credentials.env'] = () => ({
    connection: { id: '7d444840-9dc0-41d2-9a0c-4fd1e6a0c001' as never, name: 'acme' },
    ...{ variables: [], text: 'x', template: true, expiresAt: null },
  });
  const { code, err } = await session.cli.run('run', '--preset', 'settings', '--', 'tool');
  expect(code).toBe(1);
  expect(err).toContain('tokentray export add FILE --preset settings');
  expect(session.cli.children).toEqual([]);
});
