import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { createProviderFiles } from '../../../main/providers/provider-files.ts';
import { createProviderRegistry } from '../../../main/providers/registry.ts';
import { sandboxDefinitions } from '../../../main/sandbox/definitions.ts';

const CANARY = 'canary-client-secret';
const TEXT = JSON.stringify({
  id: 'acme',
  name: 'Acme',
  docsUrl: 'https://docs.acme.example/',
  methods: [
    {
      method: 'oauth2',
      authorizationUrl: 'https://id.acme.example/authorize',
      tokenUrl: 'https://tokens.acme.example/token',
      client: { name: 'Acme staff', clientId: 'abc', clientSecret: CANARY },
    },
  ],
  apis: [{ id: 'acme', name: 'Acme', urls: { default: 'https://api.acme.example/v1' } }],
});

let home: string;
let folder: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tokentray-files-'));
  folder = join(home, 'providers');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

function files(answer: () => Response | Error = () => new Error('no network')) {
  const asked: string[] = [];
  const fetch: Fetch = (url) => {
    asked.push(String(url));
    const given = answer();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const registry = createProviderRegistry({ folder, clients: () => [], logger: silentLogger });
  return { ...createProviderFiles({ registry, fetch }), registry, asked };
}

describe('checking a provider file', () => {
  test('says what it would do, and neither keeps nor shows a secret', async () => {
    const checked = await files().check({ text: TEXT });
    expect(checked).toMatchObject({
      ok: true,
      value: {
        provider: {
          id: 'acme',
          methods: ['oauth2'],
          talksTo: ['https://api.acme.example', 'https://id.acme.example', 'https://tokens.acme.example'],
          client: { name: 'Acme staff', clientId: 'abc', hasSecret: true },
          network: null,
          changes: false,
          replaces: null,
        },
        problems: [],
      },
    });
    expect(JSON.stringify(checked)).not.toContain(CANARY);
    expect(readdirSync(home)).toEqual([]);
  });

  test('says which way its requests take, and refuses one that turns certificate checks off', async () => {
    const withNetwork = (network: object): string => JSON.stringify({ ...JSON.parse(TEXT), network });
    const proxy = { from: 'manual', url: 'http://proxy.acme.example:3128' };
    expect(await files().check({ text: withNetwork({ proxy }) })).toMatchObject({
      value: { provider: { network: { proxy } } },
    });
    expect(await files().check({ text: withNetwork({ verify: false }) })).toMatchObject({
      value: { provider: null, problems: [{ field: 'network.verify' }] },
    });
  });

  test('says that it changes an included provider, and where that is on an instance', async () => {
    const text = JSON.stringify({
      id: 'gitlab',
      instance: { example: 'https://git.example', default: 'https://git.acme.example' },
    });
    const checked = await files().check({ text });
    expect(checked).toMatchObject({
      ok: true,
      value: { provider: { changes: true, talksTo: ['https://git.acme.example', '{instance}'] } },
    });
  });

  test('fills a file of authsome from the real service, in the sandbox too', async () => {
    const text = JSON.stringify({
      schema_version: 1,
      name: 'jira',
      auth_type: 'oauth2',
      oauth: {
        authorization_url: 'https://auth.atlassian.com/authorize',
        token_url: 'https://auth.atlassian.com/oauth/token',
      },
    });
    const extra = sandboxDefinitions('http://127.0.0.1:4000', { played: {} });
    const registry = createProviderRegistry({ folder, extra, clients: () => [], logger: silentLogger });
    const checked = await createProviderFiles({ registry, fetch: () => Promise.reject(new Error()) }).check({
      text,
    });
    expect(checked).toMatchObject({
      ok: true,
      value: {
        provider: {
          methods: ['oauth2', 'api-token', 'access-token'],
          talksTo: ['https://api.atlassian.com', 'https://auth.atlassian.com', '{site}'],
        },
      },
    });
  });

  test('names field and cure', async () => {
    const checked = await files().check({ text: JSON.stringify({ id: 'acme', name: 'Acme', methods: [] }) });
    expect(checked).toMatchObject({ ok: true, value: { provider: null, problems: [{ field: 'methods' }] } });
  });
});

describe('adding a provider file', () => {
  test('keeps it as it is, for its owner alone', async () => {
    const { add, registry } = files();
    const added = await add({ text: TEXT });
    const file = join(folder, 'acme.json');
    expect(added).toEqual({ ok: true, value: { id: 'acme', file } });
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
    expect(readdirSync(folder)).toEqual(['acme.json']);
    expect(registry.list().find(({ id }) => id === 'acme')).toMatchObject({ origin: 'added', file });
    if (process.platform === 'win32') return;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('with comments becomes *.jsonc, and works after the next start', async () => {
    expect(await files().add({ text: `// ours\n${TEXT}` })).toMatchObject({
      value: { file: join(folder, 'acme.jsonc') },
    });
    expect(
      files()
        .registry.list()
        .some(({ id }) => id === 'acme'),
    ).toBe(true);
  });

  test('replaces one only when told to, also one that is broken', async () => {
    const { add } = files();
    await add({ text: TEXT });
    const other = TEXT.replace('"Acme"', '"Acme 2"');
    expect(await add({ text: other })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(readFileSync(join(folder, 'acme.json'), 'utf8')).toBe(TEXT);
    expect(await add({ text: other, force: true })).toMatchObject({ ok: true });
    writeFileSync(join(folder, 'acme.json'), '{');
    expect(await files().add({ text: TEXT })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await files().add({ text: TEXT, force: true })).toMatchObject({ ok: true });
  });

  test('refuses what cannot be used, and what was not shown', async () => {
    const { add, check } = files();
    expect(await add({ text: '{}' })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    const shown = await check({ text: TEXT });
    const digest = shown.ok ? shown.value.digest : '';
    expect(await add({ text: `${TEXT} `, digest })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(readdirSync(home)).toEqual([]);
    expect(await add({ text: TEXT, digest })).toMatchObject({ ok: true });
  });
});

describe('a provider file from an address', () => {
  const URL = 'https://acme.example/tokentray.json';
  test('is loaded', async () => {
    const { check, asked } = files(() => new Response(`\uFEFF${TEXT}`));
    expect(await check({ url: URL })).toMatchObject({ ok: true, value: { provider: { id: 'acme' } } });
    expect(asked).toEqual([URL]);
  });

  test.each([
    ['http:', { url: 'http://acme.example/x.json' }, 'invalid-input'],
    ['on this machine without TLS', { url: 'http://127.0.0.1/x.json' }, 'invalid-input'],
    ['file:', { url: 'file:///etc/passwd' }, 'invalid-input'],
    ['with a password', { url: 'https://a:b@acme.example/x.json' }, 'invalid-input'],
    ['that is none', { url: 'acme' }, 'invalid-input'],
    ['together with a text', { url: URL, text: TEXT }, 'invalid-input'],
    ['that is missing', {}, 'invalid-input'],
  ])('%s is refused before any request', async (_case, source, code) => {
    const { check, add, asked } = files(() => new Response(TEXT));
    expect(await check(source)).toMatchObject({ ok: false, error: { code } });
    expect(await add(source)).toMatchObject({ ok: false, error: { code } });
    expect(asked).toEqual([]);
  });

  test.each([
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
      'failed',
    ],
    ['nothing there', () => new Response('', { status: 404 }), 'not-found'],
    ['a server in trouble', () => new Response('', { status: 503 }), 'temporary'],
    ['no network', () => new TypeError('fetch failed'), 'offline'],
    ['far too much', () => new Response(' '.repeat(200_001)), 'invalid-input'],
  ])('%s', async (_case, answer, code) => {
    expect(await files(answer).check({ url: URL })).toMatchObject({ ok: false, error: { code } });
  });
});
