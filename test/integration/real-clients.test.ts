import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createCloudClient } from 'jira.js';
import { createClient, type AuthBasic, type AuthBearer } from 'jira.js/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUNDLED_DEFINITIONS } from '../../main/providers/bundled.ts';
import type { PresetView } from '../../contract/preset.ts';
import type { BundledPreset } from '../../contract/vocabulary.ts';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connectWay } from './support/connect-way.ts';
import { PRESET_REQUESTS } from './support/preset-requests.ts';
import { offeredBy, WAYS_IN, type WayIn } from './support/ways-in.ts';

// Programs that nobody here wrote use what `tokentray get` and `tokentray env` print, and nothing else.
type Auth = AuthBasic | AuthBearer;

let app: RunningApp;
/** By the title of the way in; the device flow waits for a person, and gives what the code flow gives. */
const ways = WAYS_IN.filter(({ grant }) => grant !== 'device-code');
const nameOf = (title: string): string => title.replace(/[^\w-]+/g, '-');

beforeAll(async () => {
  app = await startApp();
  const offered = await offeredBy(app);
  for (const way of ways) await connectWay(app, offered, way, nameOf(way.title));
}, 300_000);
afterAll(async () => {
  await app.stop();
});

async function get(title: string, field: string, ...more: string[]): Promise<string> {
  const { code, stdout, stderr } = await app.cli(['get', nameOf(title), '--field', field, ...more]);
  if (code !== 0) throw new Error(stderr);
  return stdout.replace(/\n$/, '');
}
async function env(title: string, preset: string): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await app.cli([
    'env',
    nameOf(title),
    '--preset',
    preset,
    '--format',
    'json',
  ]);
  if (code !== 0) throw new Error(stderr);
  return z.record(z.string(), z.string()).parse(JSON.parse(stdout));
}

interface Fetched {
  status: number;
  body: string;
}

/** With its settings on stdin: nobody else on this computer sees them in a list of processes. */
async function curl(url: string, lines: readonly string[]): Promise<Fetched> {
  const child = spawn('curl', ['--silent', '--show-error', '--config', '-'], { stdio: 'pipe' });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  child.stdin.end(
    [`url = ${quoted(url)}`, 'write-out = "\\n%{http_code}"', 'max-time = 20', ...lines].join('\n'),
  );
  await once(child, 'close');
  const at = out.lastIndexOf('\n');
  return { status: Number(out.slice(at + 1)), body: out.slice(0, at) };
}
const withAuthorization = (url: string, authorization: string): Promise<Fetched> =>
  curl(url, [`header = "Authorization: ${authorization}"`]);

describe('jira.js', () => {
  const whoIsIt = async (host: string, auth: Auth): Promise<string | undefined> =>
    (await createCloudClient({ host, auth, onSchemaMismatch: 'throw' }).myself.getCurrentUser()).displayName;

  it.each([
    'classic API token of Atlassian Cloud',
    'API token with scopes, which works at the gateway only',
    'API token of a service account',
  ])('with the fields of a connection by %s, and with its preset', async (title) => {
    const auth: Auth = {
      type: 'basic',
      email: await get(title, 'username'),
      apiToken: await get(title, 'access_token'),
    };
    expect(await whoIsIt(await get(title, 'jira_api_url'), auth)).toEqual(expect.any(String));
    const { JIRA_BASE_URL = '', JIRA_EMAIL = '', JIRA_API_TOKEN = '' } = await env(title, 'jira-js');
    const fromPreset: Auth = { type: 'basic', email: JIRA_EMAIL, apiToken: JIRA_API_TOKEN };
    expect(await whoIsIt(JIRA_BASE_URL, fromPreset)).toEqual(expect.any(String));
  });

  it.each(['atlassian: authorization-code', 'atlassian: client-credentials', 'access token from elsewhere'])(
    'with the preset and the fields of a connection by %s',
    async (title) => {
      const variables = await env(title, 'atlassian');
      const host = variables['ATLASSIAN_JIRA_API_URL'] ?? '';
      expect(host).toMatch(/\/ex\/jira\/[\w-]+$/);
      const token = variables['ATLASSIAN_ACCESS_TOKEN'] ?? '';
      expect(await whoIsIt(host, { type: 'bearer', token })).toEqual(expect.any(String));
      // A client that asks for the token each time never holds one that has ended.
      const client = createClient({
        host: await get(title, 'jira_api_url'),
        auth: { type: 'bearer', getToken: () => get(title, 'access_token') },
        onSchemaMismatch: 'throw',
      });
      const jira = createCloudClient(client);
      const projects = await jira.projects.searchProjects();
      expect(projects.values.map(({ key }) => key)).toContain('TRAY');
    },
  );

  // It knows the paths of Jira Cloud only, so that this one is named; authentication and address are its own.
  it.each<[string, (title: string) => Promise<Auth>]>([
    [
      'jira-data-center: personal access token',
      async (title) => ({ type: 'bearer', token: await get(title, 'access_token') }),
    ],
    [
      'jira-data-center: authorization-code',
      async (title) => ({ type: 'bearer', token: await get(title, 'access_token') }),
    ],
  ])('at %s', async (title, auth) => {
    const jira = createClient({ host: await get(title, 'jira_api_url'), auth: await auth(title) });
    const myself = await jira.sendRequest({
      url: '/rest/api/2/myself',
      method: 'GET',
      schema: z.object({ displayName: z.string() }),
    });
    expect(myself.displayName).toBe('Ana Keller');
  });

  it('is refused with a token that is not ours, so that the others prove something', async () => {
    const host = await get('jira-data-center: personal access token', 'jira_api_url');
    const jira = createClient({ host, auth: { type: 'bearer', token: 'another' } });
    await expect(jira.sendRequest({ url: '/rest/api/2/myself', method: 'GET' })).rejects.toMatchObject({
      status: 401,
    });
  });
});

/** The address of each API that a connection opens, with the path that says whose the credential is. */
const apisOf = ({ provider, opens }: WayIn): { id: string; path: string }[] =>
  BUNDLED_DEFINITIONS.filter(({ id }) => id === provider).flatMap(({ apis }) =>
    apis
      .filter(({ id }) => opens?.includes(id) ?? true)
      .map(({ id, whoAmI }) => ({ id, path: whoAmI?.path ?? REFS })),
  );
/** Git’s protocol has no word for it; who may read a repository is in its list. */
const REFS = '/tray.git/info/refs?service=git-upload-pack';
/** Owner of the sandbox’s repository. */
const ownerOf = (provider: string): string => (provider === 'bitbucket' ? '/acme' : '/TRAY');

describe('curl with api_url and authorization', () => {
  const pairs = ways.flatMap((way) => apisOf(way).map((api) => ({ ...way, ...api })));

  it.each(pairs)('$title: $id', async ({ title, provider, id, path }) => {
    const address = await get(title, 'api_url', '--api', id);
    const header = await get(title, 'authorization', '--api', id);
    // A token of a repository belongs to nobody; an MCP server takes no GET.
    const isNobodys = title.startsWith('token of a repository') && id !== 'git';
    const place = isNobodys ? '/repositories/acme/tray' : id === 'git' ? ownerOf(provider) + path : path;
    const { status, body } = await withAuthorization(address + place, header);
    if (provider === 'atlassian-mcp') expect([400, 405, 406]).toContain(status);
    else expect([status, body]).toEqual([200, expect.stringMatching(/./)]);
    expect((await withAuthorization(address + place, 'Bearer another')).status).toBeGreaterThanOrEqual(400);
  });
});

describe('curl with other fields that belong together', () => {
  const products = [
    ['jira_api_url', '/rest/api/3/myself'],
    ['confluence_api_url', '/wiki/rest/api/user/current'],
  ] as const;
  it.each(ways.filter(({ provider }) => provider === 'atlassian'))(
    'the address of a product and authorization: $title',
    async ({ title, opens }) => {
      for (const [field, path] of products) {
        const isOpen = opens?.some((api) => field.startsWith(api)) ?? true;
        if (!isOpen) {
          await expect(get(title, field)).rejects.toThrow(
            /has no address for confluence\.\s+It opens: jira\./,
          );
          continue;
        }
        const url = (await get(title, field)) + path;
        const { status } = await withAuthorization(url, await get(title, 'authorization'));
        expect([field, status]).toEqual([field, 200]);
      }
    },
  );

  it.each(ways.filter(({ header }) => header.source === '^Basic '))(
    'user name and secret: $title',
    async (way) => {
      for (const { id, path } of apisOf(way)) {
        const user = `${await get(way.title, 'username', '--api', id)}:${await get(way.title, 'access_token')}`;
        const place = id === 'git' ? ownerOf(way.provider) + path : path;
        const url = (await get(way.title, 'api_url', '--api', id)) + place;
        expect([id, (await curl(url, [`user = "${user}"`])).status]).toEqual([id, 200]);
      }
    },
  );

  it('site_url and authorization: a classic API token of Atlassian Cloud, and each Data Center product', async () => {
    const places = [
      ['classic API token of Atlassian Cloud', '/rest/api/3/myself'],
      ...ways
        .filter(({ provider }) => provider.endsWith('-data-center'))
        .map((way) => [way.title, apisOf(way)[0]?.path ?? '']),
    ] as const;
    for (const [title = '', path = ''] of places) {
      const url = (await get(title, 'site_url')).replace(/\/$/, '') + path;
      expect([title, (await withAuthorization(url, await get(title, 'authorization'))).status]).toEqual([
        title,
        200,
      ]);
    }
  });

  const asked = new Map<string, number>();

  it.each(ways)('the variables of each preset that serves it, and no other: $title', async ({ title }) => {
    const { json } = await app.cli(['presets', 'list', '--connection', nameOf(title), '--json']);
    const { presets } = json() as { presets: PresetView[] };
    for (const { name, serves } of presets) {
      if (serves?.works !== true) {
        // Said once more where the variables are asked for.
        if (name === 'jira-js') await expect(env(title, name)).rejects.toThrow(/does not work with/);
        continue;
      }
      const requests = PRESET_REQUESTS[name as BundledPreset];
      if (requests === undefined) throw new Error(`nobody knows what ${name} asks`);
      const addressOf = (api: string): Promise<string> => get(title, 'api_url', '--api', api);
      for (const { url, authorization } of await requests(await env(title, name), addressOf)) {
        const { status } = await withAuthorization(url, authorization);
        expect([name, url, status]).toEqual([name, url, 200]);
        asked.set(name, (asked.get(name) ?? 0) + 1);
      }
    }
  });

  it('every preset served some connection', () => {
    expect([...asked.keys()].sort()).toEqual(Object.keys(PRESET_REQUESTS).sort());
  });
});
