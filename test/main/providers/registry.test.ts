import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import { ProviderProblem, ProviderView } from '../../../contract/provider.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { parseDefinition } from '../../../main/providers/definition-parse.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';
import { createProviderRegistry } from '../../../main/providers/registry.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

const ATLASSIAN = ProviderId.parse('atlassian');
const CANARY = 'canary-client-secret';

const FULL = {
  id: 'example',
  name: 'Example',
  methods: ['oauth2'],
  oauth2: { authorizationUrl: 'https://id.example/authorize', tokenUrl: 'https://id.example/token' },
  identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokentray-providers-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const open = (extra: ProviderDefinition[] = []) =>
  createProviderRegistry({
    folder,
    extra,
    bundled: BUNDLED_DEFINITIONS.slice(0, 1),
    clients: () => [],
    logger: silentLogger,
  });

const atlassianOAuth2 = () => oauth2In(atlassian());

const atlassian = (): ProviderDefinition => {
  const found = open().get(ATLASSIAN);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

describe('the bundled Atlassian definition', () => {
  test('asks for what keeps a connection alive, whatever is picked', () => {
    const oauth2 = atlassianOAuth2();
    expect(oauth2.requiredScopes).toEqual(['offline_access']);
    expect(oauth2.defaultScopes).toEqual(expect.arrayContaining(oauth2.optionalScopes));
    expect(oauth2.optionalScopes).toEqual(['read:me']);
    expect(oauth2.authorizationParameters).toEqual({ audience: 'api.atlassian.com', prompt: 'consent' });
    expect(oauth2.refresh).toMatchObject({ reuseWindowSeconds: 600, idleLifetimeSeconds: 90 * 86_400 });
  });

  test('tells a dead grant from a wrong client secret', () => {
    const { goneErrors, misconfiguredErrors } = atlassianOAuth2().refresh;
    expect(goneErrors).toEqual(['invalid_grant', 'unauthorized_client']);
    expect(misconfiguredErrors).toEqual(['access_denied', 'invalid_client']);
  });

  test('describes every scope it names', () => {
    const { scopes, defaultScopes, requiredScopes, scopePresets } = atlassianOAuth2();
    const described = new Set(scopes.map(({ scope }) => scope));
    const named = [...defaultScopes, ...requiredScopes, ...scopePresets.flatMap((preset) => preset.scopes)];
    expect(named.filter((scope) => !described.has(scope))).toEqual([]);
    expect(described.size).toBe(scopes.length);
    expect(described.has('openid')).toBe(false);
  });
});

describe('the registry', () => {
  test('lists what is bundled when there is no folder', () => {
    const registry = createProviderRegistry({
      folder: join(folder, 'none'),
      bundled: BUNDLED_DEFINITIONS.slice(0, 1),
      clients: () => [],
      logger: silentLogger,
    });
    expect(registry.list()).toMatchObject([{ id: 'atlassian', origin: 'bundled', file: null }]);
    expect(registry.list().map((view) => ProviderView.parse(view))).toHaveLength(1);
    expect(registry.problems()).toEqual([]);
  });

  test('says of permissions what they allow, where the console has them, and which are always requested', () => {
    const [atlassian] = open().list();
    expect(atlassian?.requiredScopes).toEqual(['offline_access']);
    expect(atlassian?.scopePresets.find(({ name }) => name === 'Read Jira')?.description).toBe(
      'Search and read issues; changes nothing',
    );
    const places = new Map(atlassian?.scopes.map(({ scope, console: place }) => [scope, place]));
    expect(places.get('read:jira-work')).toBe('Jira API › Classic scopes');
    expect(places.get('read:me')).toBe('User identity API');
    expect(places.get('offline_access')).toBeNull();
  });

  test('names the providers there are when one is not', () => {
    expect(open().get(ProviderId.parse('jira'))).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: expect.stringContaining('atlassian') as string },
    });
  });

  test('lays a file of the same id over the bundled one, so that it names only what differs', () => {
    const file = put('acme.json', {
      id: 'atlassian',
      oauth2: { client: { clientId: 'acme', clientSecret: CANARY }, defaultScopes: ['read:me'] },
    });
    const registry = open();
    expect(registry.problems()).toEqual([]);
    expect(registry.list()).toMatchObject([
      { id: 'atlassian', name: 'Atlassian Cloud', origin: 'override', file },
    ]);
    const oauth2 = atlassianOAuth2();
    expect(oauth2.client).toMatchObject({ clientId: 'acme' });
    expect(oauth2.defaultScopes).toEqual(['read:me']);
    expect(oauth2.tokenUrl).toBe('https://auth.atlassian.com/oauth/token');
    expect(JSON.stringify(registry.list())).not.toContain(CANARY);
  });

  test('replaces how identity is learned as a whole', () => {
    put('a.json', { id: 'atlassian', identity: FULL.identity });
    expect(atlassian().identity).toEqual(FULL.identity);
  });

  test('adds a file with another id, byte order mark or not', () => {
    put('example.json', `\uFEFF${JSON.stringify(FULL)}`);
    expect(open().list()).toMatchObject([{ id: 'atlassian' }, { id: 'example', origin: 'added' }]);
  });

  test('lets the sandbox stand in for the bundled one, and files over that', () => {
    const sandbox = { ...atlassian(), name: 'Sandbox' };
    expect(open([sandbox]).list()).toMatchObject([{ id: 'atlassian', name: 'Sandbox', origin: 'sandbox' }]);
    put('a.json', { id: 'atlassian', docsUrl: 'https://acme.example/docs' });
    expect(open([sandbox]).list()).toMatchObject([{ name: 'Sandbox', origin: 'override' }]);
  });

  test('reads the files again when told, and says so', () => {
    const registry = open();
    let changes = 0;
    registry.onChange(() => (changes += 1));
    put('example.json', FULL);
    expect(registry.list()).toHaveLength(1);
    registry.reload();
    expect(registry.list()).toHaveLength(2);
    rmSync(join(folder, 'example.json'));
    registry.reload();
    expect(registry.list()).toHaveLength(1);
    expect(changes).toBe(2);
  });
});

describe('a file that cannot be used', () => {
  const oauth2 = (more: object): object => ({ id: 'atlassian', oauth2: more });

  test.each<[string, unknown, string | null]>([
    ['is not JSON', `{"id":"atlassian","oauth2":{"client":{"clientSecret":"${CANARY}" oops`, null],
    ['is empty', '', null],
    ['is a list', [FULL], null],
    ['has no id', { name: 'x' }, 'id'],
    ['has a hostile id', { ...FULL, id: '../../etc/passwd' }, 'id'],
    ['lacks a field', { ...FULL, oauth2: { authorizationUrl: 'https://id.example/a' } }, 'oauth2.tokenUrl'],
    ['lacks a part', { ...FULL, oauth2: undefined }, 'oauth2.authorizationUrl'],
    ['has an unknown field', oauth2({ tokenURL: 'https://x.example' }), 'oauth2.tokenURL'],
    ['has plain http', oauth2({ tokenUrl: 'http://evil.example/token' }), 'oauth2.tokenUrl'],
    ['has file:', oauth2({ tokenUrl: 'file:///etc/passwd' }), 'oauth2.tokenUrl'],
    ['has javascript:', oauth2({ authorizationUrl: 'javascript:alert(1)' }), 'oauth2.authorizationUrl'],
    ['has a user in an address', oauth2({ tokenUrl: `https://u:${CANARY}@x.example` }), 'oauth2.tokenUrl'],
    ['redirects elsewhere', oauth2({ defaultRedirectUri: 'https://x.example' }), 'oauth2.defaultRedirectUri'],
    ['has a wrong type', oauth2({ client: { clientId: 7, clientSecret: CANARY } }), 'oauth2.client.clientId'],
    [
      'has a secret that is none',
      oauth2({ client: { clientId: 'a', clientSecret: [CANARY] } }),
      'oauth2.client.clientSecret',
    ],
    ['has a bad entry in a list', oauth2({ defaultScopes: ['a', 'b c'] }), 'oauth2.defaultScopes.1'],
    ['poisons a prototype', '{"id":"atlassian","__proto__":{"polluted":1}}', '__proto__'],
    ['poisons one inside', '{"id":"atlassian","oauth2":{"constructor":{}}}', 'oauth2.constructor'],
    ['is nested deeply', `{"id":"atlassian","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, null],
    ['is huge', `{"id":"atlassian","name":"${'x'.repeat(1 << 20)}"}`, null],
  ])('because it %s is named with field and fix, and the bundled one works on', (_, content, field) => {
    const file = put('bad.json', content);
    const registry = open();
    const [problem] = registry.problems();
    expect(ProviderProblem.parse(problem)).toMatchObject({ file, field });
    expect(problem?.hint).not.toBe('');
    expect(JSON.stringify(registry.problems())).not.toContain(CANARY);
    expect(registry.list()).toMatchObject([{ id: 'atlassian', origin: 'bundled' }]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('says where the JSON breaks, without quoting it', () => {
    put('bad.json', `{\n "id": "${CANARY}",,\n}`);
    expect(open().problems()[0]?.message).toBe('The file is not valid JSON (line 2 column 31).');
  });

  test('because it is a folder, a FIFO, a broken link or unreadable does not hold anything up', () => {
    mkdirSync(join(folder, 'a.json'));
    execFileSync('mkfifo', [join(folder, 'b.json')]);
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c.json'));
    chmodSync(put('d.json', FULL), 0);
    const registry = open();
    const refused = registry.problems().map(({ file }) => file.slice(folder.length + 1));
    // Root reads what it has no permission for.
    const expected = ['a.json', 'b.json', 'c.json', ...(process.getuid?.() === 0 ? [] : ['d.json'])];
    expect(refused).toEqual(expected);
  });

  const asRoot = process.getuid?.() === 0;

  test.runIf(asRoot)('because another user owns it, or a step of the way to it, changes nothing', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'tokentray-theirs-'));
    try {
      writeFileSync(join(elsewhere, 'theirs.json'), JSON.stringify(FULL));
      chownSync(join(elsewhere, 'theirs.json'), 54_321, -1);
      mkdirSync(join(elsewhere, 'folder'));
      writeFileSync(join(elsewhere, 'folder', 'ours.json'), JSON.stringify(FULL));
      chownSync(join(elsewhere, 'folder'), 54_321, -1);
      writeFileSync(join(elsewhere, 'ours.json'), JSON.stringify(FULL));
      chownSync(put('a.json', FULL), 54_321, -1);
      symlinkSync(join(elsewhere, 'theirs.json'), join(folder, 'b.json'));
      symlinkSync(join(elsewhere, 'folder', 'ours.json'), join(folder, 'c.json'));
      symlinkSync(join(elsewhere, 'ours.json'), join(folder, 'd.json'));
      lchownSync(join(folder, 'd.json'), 54_321, -1);
      const registry = open();
      expect(
        registry.problems().map(({ file, message }) => [file.slice(folder.length + 1), message]),
      ).toEqual(
        [
          ['a.json', 'The file'],
          ['b.json', join(elsewhere, 'theirs.json')],
          ['c.json', join(elsewhere, 'folder')],
          ['d.json', 'The file'],
        ].map(([name, what]) => [name, `${what} belongs to another user, who could change it.`]),
      );
      expect(registry.list()).toHaveLength(1);
      // By way of a link and folders of our own it is fine.
      lchownSync(join(folder, 'd.json'), 0, -1);
      registry.reload();
      expect(registry.list()).toMatchObject([{ id: 'atlassian' }, { id: 'example' }]);
      chownSync(folder, 54_321, -1);
      registry.reload();
      expect(registry.problems()).toMatchObject([{ file: folder }]);
      expect(registry.list()).toHaveLength(1);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('because the folder itself is a file is one problem', () => {
    const file = put('not-a-folder', '');
    const registry = createProviderRegistry({
      folder: file,
      bundled: BUNDLED_DEFINITIONS.slice(0, 1),
      clients: () => [],
      logger: silentLogger,
    });
    expect(registry.problems()).toMatchObject([{ file }]);
    expect(registry.list()).toHaveLength(1);
  });

  test('because another one has its id names that one', () => {
    const first = put('a.json', { ...FULL, name: 'First' });
    const second = put('b.json', { ...FULL, name: 'Second' });
    const registry = open();
    expect(registry.list()[1]).toMatchObject({ name: 'First', file: first });
    expect(registry.problems()).toMatchObject([{ file: second, field: 'id' }]);
    expect(registry.problems()[0]?.message).toContain(first);
  });

  test('whatever it holds never throws', () => {
    const base = atlassian();
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.constantFrom(...Object.keys(base)), (json, text, key) => {
        const overlays = [text, JSON.stringify(json), JSON.stringify({ id: 'atlassian', [key]: json })];
        for (const overlay of overlays) {
          const parsed = parseDefinition(overlay, () => base);
          if (!parsed.ok) expect(parsed.faults.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
