import { chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProviderId } from '../../../contract/ids.ts';
import { candidate, type Candidate } from '../../../main/import/candidate.ts';
import { fieldOf } from '../../../main/lib/json.ts';
import { cloudOf, isCloudSite } from '../../../main/import/cloud-site.ts';
import { goKeyringText } from '../../../main/import/go-keyring.ts';
import { merge, type Found } from '../../../main/import/merge.ts';
import { parseJson, parseNetrc, parseVariables } from '../../../main/import/parse.ts';
import { decode, MAX_BYTES, readOthersFile } from '../../../main/import/read-file.ts';
import { env } from '../../../main/import/sources/env.ts';
import { jiraCli } from '../../../main/import/sources/jira-cli.ts';
import { acliToken } from '../../../main/import/sources/acli.ts';
import { text } from '../../../main/import/tree.ts';
import { candidateView, clearFiles, masked, problemOf } from '../../../main/import/view.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';

const ATLASSIAN = BUNDLED_DEFINITIONS.find(({ id }) => id === 'atlassian')!;
const REGISTRY = {
  get: (id: ProviderId) => (id === 'atlassian' ? ok(ATLASSIAN) : fail('not-found', 'none')),
};
const NO_CLIENTS = { list: () => [] };

const at = (file: string) => ({ kind: 'file', path: file }) as const;
const apiToken = (known: Partial<Candidate> = {}): Candidate =>
  candidate({
    place: at('/a/.env'),
    provider: 'atlassian',
    methods: ['api-token'],
    address: 'https://acme.atlassian.net',
    username: 'ana@acme.example',
    secret: 'ATATT3x-0123456789-abcd',
    ...known,
  });
const GRANT = {
  clientId: 'app',
  clientSecret: 'app-secret-0123456789',
  redirectUri: null,
  refreshToken: 'refresh-0123456789',
  scopes: [],
  cloudId: null,
};
const found = (one: Candidate): Found => ({ source: env, candidate: one, alsoAt: [] });

test.each([
  ['ATATT3x-0123456789-abcd', '…abcd'],
  ['0123456789abcdef', '…cdef'],
  ['0123456789abcde', '…'],
  ['', '…'],
])('of %s is shown %s', (secret, expected) => {
  expect(masked(secret)).toBe(expected);
});

test.each<[string, Candidate, Candidate, number]>([
  ['the same in two files', apiToken(), apiToken({ place: at('/b/.env') }), 1],
  ['the same, spelled otherwise', apiToken(), apiToken({ address: 'ACME.atlassian.net/' }), 1],
  ['one that names no site', apiToken({ address: null }), apiToken(), 1],
  ['two sites', apiToken(), apiToken({ address: 'https://beta.atlassian.net' }), 2],
  ['two tokens', apiToken(), apiToken({ secret: 'other' }), 2],
  ['two providers', apiToken(), apiToken({ provider: 'bitbucket' }), 2],
  ['a grant and its access token', apiToken({ grant: GRANT }), apiToken(), 2],
  ['a grant twice', apiToken({ grant: GRANT, secret: 'older' }), apiToken({ grant: GRANT }), 1],
])('%s are shown as often as they are different', (_, one, other, count) => {
  const merged = merge([
    { source: env, candidate: one },
    { source: jiraCli, candidate: other },
  ]);
  expect(merged.length).toBe(count);
  expect(merged[0]?.source.id).toBe('env');
  if (count === 1 && one.grant === null)
    expect(merged[0]?.candidate.address).toBe(one.address ?? other.address);
});

test.each<[string, Candidate, string | null]>([
  ['complete', apiToken(), null],
  ['no site', apiToken({ address: null }), 'invalid-input'],
  ['no user', apiToken({ username: null }), 'invalid-input'],
  ['an access token needs no user', apiToken({ methods: ['access-token'], username: null }), null],
  ['no such provider', apiToken({ provider: 'nobody' }), 'unsupported'],
  ['an id that is none', apiToken({ provider: '__proto__' }), 'unsupported'],
  ['no such method', apiToken({ methods: ['basic'] }), 'unsupported'],
  ['the second method', apiToken({ methods: ['basic', 'api-token'] }), null],
  ['a grant with its client', apiToken({ methods: ['oauth2'], grant: GRANT, address: null }), null],
  [
    'a grant without its client’s secret',
    apiToken({ methods: ['oauth2'], grant: { ...GRANT, clientSecret: null } }),
    'misconfigured',
  ],
])('what hinders: %s', (_, one, code) => {
  expect(problemOf(found(one), REGISTRY, NO_CLIENTS)?.code ?? null).toBe(code);
});

test('what callers see holds no secret, and no control characters of somebody’s file', () => {
  const one = apiToken({
    grant: GRANT,
    methods: ['oauth2'],
    username: 'ana\u001b[31m',
    address: 'https://acme\u0007',
  });
  const view = candidateView('id', found(one), { registry: REGISTRY, clients: NO_CLIENTS, connection: null });
  const text = JSON.stringify(view);
  for (const secret of [one.secret, GRANT.clientSecret, GRANT.refreshToken])
    expect(text).not.toContain(secret);
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  expect(view.username! + view.address!).not.toMatch(/[\u0000-\u001f]/);
  expect(view).toMatchObject({ refreshes: true, kind: 'OAuth tokens', problem: null });
});

test('the report names each file once, with every kind, and no item of the keychain', () => {
  const merged = merge([
    { source: env, candidate: apiToken() },
    { source: env, candidate: apiToken({ methods: ['basic'], secret: 'password' }) },
    {
      source: env,
      candidate: apiToken({ secret: 'x', place: { kind: 'keychain', service: 's', account: 'a' } }),
    },
  ]);
  const notes = [
    { place: at('/key'), message: '', clear: 'encryption key' },
    { place: at('/other'), message: '', clear: null },
  ];
  expect(clearFiles(merged, notes)).toEqual([
    { path: '/a/.env', kinds: ['API token', 'password'] },
    { path: '/key', kinds: ['encryption key'] },
  ]);
});

test.each([
  ['https://acme.atlassian.net', true],
  ['acme.atlassian.net/wiki', true],
  ['https://acme.jira.com', true],
  ['https://evilatlassian.net', false],
  ['https://atlassian.net.evil.example', false],
  ['https://jira.corp.example', false],
  ['http://127.0.0.1:1/sites/acme', true],
  ['http://127.0.0.1:1/jira', false],
  ['not an address', false],
])('%s is a site of the cloud: %s', (address, expected) => {
  const identity = {
    kind: 'atlassian-cloud',
    apiUrl: 'http://127.0.0.1:1',
    siteUrl: 'http://127.0.0.1:1/sites/{name}',
  } as const;
  expect(isCloudSite(address, { identity })).toBe(expected);
});

test.each([
  ['plain', 'plain'],
  [`go-keyring-base64:${Buffer.from('tok en').toString('base64')}`, 'tok en'],
  [`go-keyring-encoded:${Buffer.from('token').toString('hex')}`, 'token'],
])('an item of go-keyring: %s', (stored, expected) => {
  expect(goKeyringText(stored)).toBe(expected);
});

test.each([
  ['{"access_token":"x"}', null],
  [`go-keyring-base64:${Buffer.from([0x1f, 0x8b, 0, 1]).toString('base64')}`, null],
  ['ATATT', 'ATATT'],
])('an item of acli: %s', (stored, expected) => {
  expect(acliToken(stored)).toBe(expected);
});

test.each([
  ['', []],
  ['machine', [{ machine: '', login: null, password: null }]],
  ['login a password b', []],
  [
    'machine a login b account c password d machine e',
    [
      { machine: 'a', login: 'b', password: 'd' },
      { machine: 'e', login: null, password: null },
    ],
  ],
  ['machine a password "x y\\"z"', [{ machine: 'a', login: null, password: 'x y"z' }]],
])('.netrc: %j', (text, expected) => {
  expect(parseNetrc(text)).toEqual(expected);
});

test('only own fields of a file count', () => {
  for (const name of ['toString', 'constructor', '__proto__']) expect(fieldOf({}, name)).toBeUndefined();
  expect(text(JSON.parse('{"__proto__":{"token":"x"}}'), 'token')).toBeNull();
});

const place = at('/a/mcp.json');
test.each<[string, unknown]>([
  ['{"a": 1}', { a: 1 }],
  ['// first\n{"a": "//x /* y */ ,]", /* b\n */ "c": [1, 2,], }', { a: '//x /* y */ ,]', c: [1, 2] }],
  ['{"a": "\\"//"}', { a: '"//' }],
  ['{"a": 1 /* open', undefined],
  ['{"a": "open', undefined],
  ['', undefined],
])('JSON as editors keep it: %j', (source, expected) => {
  const notes: string[] = [];
  expect(parseJson(source, place, { note: (_, message) => notes.push(message) })).toEqual(expected);
  expect(notes.length).toBe(expected === undefined ? 1 : 0);
});

const MANY = 500_000;
test.each<[string, (hostile: string) => unknown, string]>([
  ['.netrc: a macro', parseNetrc, `macdef x\n${'a \n'.repeat(MANY)}`],
  ['.netrc: a macro of one line', parseNetrc, `macdef x\n${'a '.repeat(MANY)}`],
  ['.netrc: open quotes', parseNetrc, 'machine "'.repeat(MANY)],
  ['.netrc: escapes', parseNetrc, '"\\'.repeat(MANY)],
  ['JSON: open comments', (text) => parseJson(text, place, { note: () => 0 }), '/*'.repeat(MANY)],
  ['JSON: escapes', (text) => parseJson(text, place, { note: () => 0 }), '"\\'.repeat(MANY)],
  ['JSON: commas', (text) => parseJson(text, place, { note: () => 0 }), ', '.repeat(MANY)],
  ['variables: addresses', (text) => parseVariables(text), `JIRA_URL="${'/wiki/'.repeat(MANY)}\n`],
])('a hostile file takes no longer than its length: %s', (_, parse, hostile) => {
  const started = performance.now();
  parse(hostile);
  expect(performance.now() - started).toBeLessThan(2000);
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokentray-import-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const utf16 = (text: string, bigEndian: boolean): Buffer => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };

  test.each<[string, string | Uint8Array, string | null]>([
    ['text', 'A=b', 'A=b'],
    ['a byte order mark', '\ufeffA=b', 'A=b'],
    ['UTF-16, little endian', utf16('A=é', false), 'A=é'],
    ['UTF-16, big endian', utf16('A=é', true), 'A=é'],
    ['Latin-1', Buffer.from('A=\u00e9', 'latin1'), null],
    ['a NUL', 'A=\0', null],
    ['4 MiB', 'x'.repeat(MAX_BYTES), 'x'.repeat(MAX_BYTES)],
    ['one byte more', 'x'.repeat(MAX_BYTES + 1), null],
    ['nothing', '', ''],
  ])('with %s', (_, content, expected) => {
    const text = readOthersFile(put('file', content));
    expect(text.ok ? text.value : null).toBe(expected);
  });

  test('decoding never throws', () => {
    for (const bytes of [[0xff], [0xff, 0xfe], [0xff, 0xfe, 0x00], [0xfe, 0xff, 0xd8, 0x00]])
      expect(() => decode(Uint8Array.from(bytes))).not.toThrow();
  });

  test('that are not there are none; folders and pipes are refused at once', () => {
    expect(readOthersFile(path.join(folder, 'missing', 'file'))).toEqual(ok(null));
    mkdirSync(path.join(folder, 'folder'));
    expect(readOthersFile(path.join(folder, 'folder'))).toMatchObject({ ok: false });
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    expect(readOthersFile(path.join(folder, 'pipe'))).toMatchObject({ ok: false });
  });

  test.skipIf(process.getuid?.() !== 0)(
    'of another user are not read, nor through a link of one’s own',
    () => {
      const file = put('theirs', 'A=b');
      chownSync(file, 65_534, 65_534);
      symlinkSync(file, path.join(folder, 'link'));
      for (const name of ['theirs', 'link'])
        expect(readOthersFile(path.join(folder, name))).toMatchObject({
          ok: false,
          error: { code: 'refused' },
        });
    },
  );
});

test.each([
  ['atlassian', 'https://acme.atlassian-us-gov-mod.net/wiki', 'atlassian-government'],
  ['atlassian', 'acme.atlassian-us-gov-mod.net', 'atlassian-government'],
  ['atlassian', 'https://acme.atlassian.net', 'atlassian'],
  ['atlassian', 'https://acme.atlassian-us-gov-mod.net.evil.example', 'atlassian'],
  ['atlassian', null, 'atlassian'],
  ['bitbucket', 'https://acme.atlassian-us-gov-mod.net', 'bitbucket'],
])('a credential of %s for %s is one of %s', (provider, address, expected) => {
  expect(cloudOf(provider, address)).toBe(expected);
});
