import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readAnswer } from '../../cli/app/answer.ts';
import { exchange } from '../../cli/wire/exchange.ts';
import { CALLS, type CallName } from '../../contract/calls.ts';
import type { ProviderId } from '../../contract/ids.ts';
import { identify } from '../../main/atlassian/identify.ts';
import type { Core } from '../../main/core/compose.ts';
import { BEARER, headerOf } from '../../main/credentials/sent.ts';
import type { Fetch } from '../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../main/lib/clock.ts';
import type { Disposable } from '../../main/lib/disposable.ts';
import { silentLogger, type Logger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import atlassian from '../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { parseDefinition } from '../../main/providers/definition-parse.ts';
import { ProviderDefinition } from '../../main/providers/definition.ts';
import { postToken } from '../../main/oauth/token-endpoint.ts';
import { serveWindows, type WindowTransport } from '../../main/transports/electron-ipc.ts';
import { CHANNELS } from '../../main/transports/electron-channels.ts';
import { listenOnLocalSocket } from '../../main/transports/local-socket.ts';
import { composeCore } from '../fakes/composed-core.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { oauth2In } from '../fakes/oauth2.ts';
import { mutate, numbers } from './support/mutations.ts';

/** Inputs of each kind; the full count is a million (`npm run test:faults`). */
const COUNT = Number(process.env['TOKENTRAY_FUZZ'] ?? 2000);
const SEED = Number(process.env['TOKENTRAY_SEED'] ?? Date.now() % 2 ** 31);
const AT_ONCE = 32;
type IpcHandler = Parameters<Parameters<typeof serveWindows>[0]['ipcMain']['handle']>[1];
type PageWindow = Parameters<WindowTransport['register']>[0];

const PAGE = 'app://tokentray/';

const definition = ProviderDefinition.parse(atlassian);
const settings = oauth2In(definition);
const next = numbers(SEED);
const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;

let home: string;
let core: Core;
let socket: string;
let listening: Disposable;
/** What the core reported as a bug of its own. */
const bugs: unknown[] = [];

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-fuzz-'));
  socket = path.join(home, 'run', 'api.sock');
  const logger: Logger = { ...silentLogger, error: (...line: unknown[]) => bugs.push(line) };
  core = composeCore({
    store: memoryStore(),
    home,
    socket,
    logger,
    openSandbox: () => Promise.resolve(ok({ url: null })),
  });
  const served = await listenOnLocalSocket(socket, home, core.router);
  if (!served.ok) throw new Error(served.error.message);
  listening = served.value;
});
afterAll(async () => {
  await listening.dispose();
  await core.dispose();
  rmSync(home, { recursive: true, force: true });
});
afterEach(() => {
  expect(bugs, `TOKENTRAY_SEED=${SEED}`).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

/** Runs `attempt` once for each input, some at a time; a failure names the seed and the input. */
async function each(
  seeds: readonly string[],
  attempt: (text: string) => Promise<void> | void,
): Promise<void> {
  let left = COUNT;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const text = mutate(pick(seeds), next);
      try {
        await attempt(text);
      } catch (cause) {
        throw new Error(`TOKENTRAY_SEED=${SEED}, input ${JSON.stringify(text)}`, { cause });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const answering = (text: string, status: number): Fetch => {
  return () => Promise.resolve(new Response(text, { status }));
};

it('takes any answer of a token endpoint, and repeats no secret of the request', async () => {
  const tokens = {
    access_token: 'eyJhbGciOiJub25lIn0',
    refresh_token: 'r'.repeat(40),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'read:jira-work offline_access',
  };
  const seeds = [
    JSON.stringify(tokens),
    JSON.stringify({ error: 'invalid_grant', error_description: 'gone: canary-refresh canary-secret' }),
    '<html>502</html>',
  ];
  const kinds = new Set<string>();
  await each(seeds, async (text) => {
    const answer = await postToken({
      fetch: answering(text, pick([200, 200, 400, 401, 403, 429, 500])),
      clock: systemClock,
      settings,
      tokenUrl: settings.tokenUrl,
      client: { clientId: 'id', secret: 'canary-secret' },
      parameters: { grant_type: 'refresh_token', refresh_token: 'canary-refresh' },
    });
    kinds.add(answer.kind);
    if (answer.kind === 'tokens') {
      const { accessToken, refreshToken, expiresAt, scopes } = answer.tokens;
      check(/^[\x20-\x7e]+$/.test(accessToken), 'an access token that cannot stand in a header');
      check(refreshToken === null || refreshToken.length > 0, 'an empty refresh token');
      check(expiresAt === null || Number.isSafeInteger(expiresAt), 'an expiry that is no time');
      check(scopes === null || scopes.length > 0, 'scopes that are an empty list');
    } else
      check(!/canary-(refresh|secret)/.test(JSON.stringify(answer)), 'a secret in what is kept of an answer');
  });
  // Random inputs that all end the same way would prove nothing.
  expect([...kinds].sort()).toEqual(['oauth-error', 'tokens', 'unusable']);
});

it('takes any answer about who signed in, and to which sites', async () => {
  const seeds = [
    JSON.stringify({
      account_id: 'a1',
      name: 'Ana',
      email: 'ana@acme.example',
      picture: 'https://x.example/p',
    }),
    JSON.stringify([
      { id: 'c1', name: 'acme', url: 'https://acme.atlassian.net', scopes: ['read:jira-work'] },
    ]),
  ];
  let identified = 0;
  await each(seeds, async (text) => {
    const fetch: Fetch = (url, init) =>
      answering(new URL(url).pathname.endsWith(text.startsWith('[') ? 's' : 'e') ? text : pick(seeds), 200)(
        url,
        init,
      );
    const result = await identify({
      fetch,
      clock: systemClock,
      definition,
      header: headerOf(BEARER, 'canary'),
      scopes: [],
    });
    if (result.ok) {
      identified++;
      for (const { url } of result.value.sites)
        check(url === '' || /^https?:\/\//.test(url), 'an address that is none');
    } else check(!result.error.message.includes('canary'), 'a token in a message');
  });
  expect(identified).toBeGreaterThan(0);
});

it('takes any provider file, over a built-in definition and alone', async () => {
  const full = { ...definition, id: 'example', name: 'Example' };
  const seeds = [
    JSON.stringify(full),
    JSON.stringify({ id: 'atlassian', name: 'Ours', identity: { apiUrl: 'https://api.example' } }),
    JSON.stringify({ id: 'example', oauth2: { tokenUrl: 'https://id.example/token' } }),
    JSON.stringify({
      id: 'atlassian',
      methods: [{ method: 'oauth2', tokenUrl: 'https://id.example/token' }],
    }),
  ];
  const known = (id: ProviderId) => (id === definition.id ? definition : undefined);
  const outcomes = new Set<boolean>();
  await each(seeds, (text) => {
    const parsed = parseDefinition(text, known);
    outcomes.add(parsed.ok);
    if (parsed.ok) ProviderDefinition.parse(parsed.definition);
    else check(parsed.faults.length > 0, 'a refusal without a reason');
  });
  expect(outcomes.size).toBe(2);
});

/** Inputs that could write a file or reach a host outside are not among them: what is tried is how a call is read. */
const INPUTS: Partial<Record<CallName, unknown>> = {
  'connections.use': { connection: 'acme' },
  'credentials.get': { connection: 'acme', field: 'access_token', minTtlSeconds: 60 },
  'sign-in.complete': { id: 'x', callbackUrl: 'http://127.0.0.1:7979/callback?code=c&state=s' },
  'activity.list': { limit: 10 },
  'settings.set': { refreshingPaused: true },
};
const NAMES = Object.keys(CALLS) as CallName[];

it('answers whatever a window sends', async () => {
  const handlers = new Map<string, IpcHandler>();
  const transport = serveWindows({
    ipcMain: {
      handle: (channel, handler) => void handlers.set(channel, handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    api: core.api,
    isOwnPage: (address) => address === PAGE,
  });
  const frame = { url: PAGE };
  const webContents = { id: 1, mainFrame: frame, isDestroyed: () => false, send: () => undefined };
  transport.register({ webContents, isDestroyed: () => false } as unknown as PageWindow);
  const event = { sender: webContents, senderFrame: frame } as unknown as Parameters<IpcHandler>[0];
  const answered = new Set<string>();
  await each(
    NAMES.map((name) => JSON.stringify(INPUTS[name] ?? {})),
    async (text) => {
      const name: unknown = next(10) === 0 ? mutate(pick(NAMES), next) : pick(NAMES);
      const answer: unknown = await handlers.get(CHANNELS.call)!(event, name, text);
      const { ok: done, error } = answer as { ok: boolean; error?: { code: string } };
      check(done || typeof error?.code === 'string', 'an answer that is none');
      check(error?.code !== 'internal', 'a bug');
      answered.add(done ? 'ok' : error!.code);
    },
  );
  expect([...answered]).toEqual(expect.arrayContaining(['ok', 'invalid-input', 'not-found']));
  await transport.dispose();
});

it('goes on answering the command line, whatever bytes came at the socket', async () => {
  const frame = (name: string, body: string): string =>
    `POST /v1/${name} HTTP/1.1\r\nHost: tokentray\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const seeds = [
    ...NAMES.map((name) => frame(name, JSON.stringify(INPUTS[name] ?? {}))),
    frame('status', '{}') + frame('status', '{}'),
    'GET /v1/events HTTP/1.1\r\nHost: tokentray\r\n\r\n',
    'POST /v1/status HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  ];
  const statuses = new Set<string>();
  await each(
    seeds,
    (text) =>
      new Promise<void>((resolve) => {
        let answer = '';
        const link = connect(socket, () => link.end(text));
        link.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
        link.on('error', () => undefined);
        link.on('close', () => {
          statuses.add(answer.slice(9, 12));
          resolve();
        });
      }),
  );
  expect([...statuses]).toEqual(expect.arrayContaining(['200', '400']));
  const headers = { 'content-type': 'application/json' };
  const status = await new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, path: '/v1/status', method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end('{}');
  });
  expect(status).toBe(200);
});

it('takes whatever bytes answer the command line', async () => {
  const body = JSON.stringify({ connection: { id: 'x', name: 'acme' }, field: 'access_token', value: 't' });
  const refusal = JSON.stringify({ error: { code: 'not-found', message: 'No such connection.' } });
  const seeds = [
    `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    `HTTP/1.1 404 Not Found\r\nContent-Length: ${refusal.length}\r\n\r\n${refusal}`,
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  ];
  const kinds = new Set<string>();
  const waiting: string[] = [];
  const odd = createServer((link) => {
    link.on('error', () => undefined);
    link.resume();
    link.end(waiting.shift() ?? '');
  });
  const address = path.join(home, 'odd.sock');
  await new Promise<void>((resolve) => odd.listen(address, resolve));
  await each(seeds, async (text) => {
    waiting.push(text);
    const sent = { method: 'POST', path: '/v1/credentials.get', body: '{}' } as const;
    const end = await exchange({ socket: address, secret: null }, sent, { timeoutMs: 0 });
    kinds.add(end.kind);
    if (end.kind === 'answer') readAnswer('credentials.get', end);
  });
  expect([...kinds]).toEqual(expect.arrayContaining(['answer', 'cut', 'malformed']));
  await new Promise((resolve) => odd.close(resolve));
});
