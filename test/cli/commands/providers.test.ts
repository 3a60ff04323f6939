import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';

const session = cliSession();
const TEXT = '{ "id": "acme" }';
const GOOD: CallOutput<'providers.check'> = {
  provider: {
    id: 'acme' as ProviderId,
    name: 'Acme',
    methods: ['oauth2'],
    talksTo: ['https://api.acme.example', '{instance}'],
    client: { name: 'Acme staff', clientId: 'abc', hasSecret: true },
    network: {
      proxy: { from: 'manual', url: 'http://proxy.acme.example:3128' },
      caFile: '/etc/acme/ca.pem',
    },
    changes: false,
    replaces: null,
  },
  problems: [],
  digest: 'd1',
};
const BAD: CallOutput<'providers.check'> = {
  provider: null,
  problems: [{ field: 'methods', message: 'This field is missing.', hint: 'Add it.' }],
  digest: 'd2',
};
const ADDED = {
  provider: { id: 'acme', name: 'Acme' },
  file: '/p/acme.json',
} as CallOutput<'providers.add'>;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokentray-cli-'));
  file = join(folder, 'acme.json');
  writeFileSync(file, TEXT);
  session.core.answers = { 'providers.check': () => GOOD, 'providers.add': () => ADDED };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const calls = () => session.core.calls.map(({ name, input }) => [name, input]);

describe('providers check', () => {
  it('shows what a file would do', async () => {
    const { code, err } = await session.cli.run('providers', 'check', file);
    expect(code).toBe(0);
    expect(err).toContain('talks to   https://api.acme.example, the address that you enter\n');
    expect(err).toContain('client     comes with “Acme staff”, with a secret\n');
    expect(err).toContain('network    ▲ through the proxy http://proxy.acme.example:3128\n');
    expect(err).toContain('network    ▲ also trusts certificates signed by /etc/acme/ca.pem\n');
    expect(calls()).toEqual([['providers.check', { text: TEXT }]]);
  });

  it('names field and cure, and ends with code 2', async () => {
    session.core.answers = { 'providers.check': () => BAD };
    const { code, err } = await session.cli.run('providers', 'check', file);
    expect({ code, err }).toEqual({ code: 2, err: '▲ methods: This field is missing.\n    Add it.\n' });
    expect(await session.cli.json('providers', 'check', file)).toMatchObject({ code: 2, documents: [BAD] });
  });

  it.each([
    ['nothing there', () => join(folder, 'none.json'), 5],
    ['a folder', () => folder, 1],
    ['far too much', () => (writeFileSync(file, ' '.repeat(200_001)), file), 2],
  ])('%s', async (_case, path, code) => {
    expect((await session.cli.run('providers', 'check', path())).code).toBe(code);
    expect(calls()).toEqual([]);
  });
});

describe('providers add', () => {
  it('gives the app what was shown, after the person agreed', async () => {
    session.cli.atTerminal().stdin.type('y');
    const { code, err } = await session.cli.run('providers', 'add', file);
    expect(code).toBe(0);
    expect(err).toContain('Add this provider?');
    expect(err).toContain('Added Acme (/p/acme.json). Connect it with: tokentray connect acme\n');
    expect(calls()).toEqual([
      ['providers.check', { text: TEXT }],
      ['providers.add', { text: TEXT, digest: 'd1' }],
    ]);
  });

  it('leaves it when they did not', async () => {
    session.cli.atTerminal().stdin.type('');
    expect((await session.cli.run('providers', 'add', file)).code).toBe(1);
    expect(calls()).toHaveLength(1);
  });

  it('asks nobody with --yes, and takes an address', async () => {
    const { documents } = await session.cli.json('providers', 'add', 'https://acme.example/t.json', '--yes');
    expect(documents).toEqual([ADDED]);
    expect(calls()[1]).toEqual(['providers.add', { url: 'https://acme.example/t.json', digest: 'd1' }]);
  });

  it('needs --yes where nobody can be asked', async () => {
    expect((await session.cli.json('providers', 'add', file)).code).toBe(2);
    expect(calls()).toHaveLength(1);
  });

  it('says how to replace a file', async () => {
    session.core.answers = {
      'providers.check': () => GOOD,
      'providers.add': () => refuse('conflict', 'It is there already.', 'Replace it with --force.'),
    };
    const { code, err } = await session.cli.run('providers', 'add', file, '--yes');
    expect(code).toBe(1);
    expect(err).toContain('--force');
  });
});

it('connect reads several secrets from standard input, one a line', async () => {
  const field = (name: string, label: string) =>
    ({ name, label, kind: 'secret', optional: false, hint: null, value: null, choices: [] }) as const;
  const view = (stage: object) => ({
    id: '00000000-0000-4000-8000-000000000001',
    provider: 'datadog',
    providerName: 'Datadog',
    reconnects: null,
    startedAt: '2026-11-28T00:00:00.000Z',
    stage,
  });
  const entering = view({
    stage: 'enter-secret',
    fields: [field('secret', 'API key'), field('secret-2', 'Application key')],
    createUrl: null,
    notice: null,
    error: null,
    deadline: '2026-11-28T01:00:00.000Z',
  });
  session.core.answers = {
    'sign-in.start': () => entering as never,
    'sign-in.answer': () => refuse('denied', 'No.'),
  };
  session.cli.stdin.type('one', 'two');
  await session.cli.run('connect', 'datadog', '--no-open');
  const [answer] = calls().filter(([name]) => name === 'sign-in.answer');
  expect(answer?.[1]).toMatchObject({ values: { secret: 'one', 'secret-2': 'two' } });
});
