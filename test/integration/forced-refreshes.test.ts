import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ProviderDefinition } from '../../main/providers/definition.ts';
import type { RefreshUseTotals } from '../../main/sandbox/refresh-uses.ts';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { callSocket } from '../e2e/support/socket-call.ts';
import { connect, connectBy } from './support/connect.ts';
import { startOidcServer } from './support/oidc-server.ts';

// The whole program in a process of its own, asked over its socket: refreshed again and again, no grant is lost.
const REFRESHES = 50;

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

async function start(provider?: ProviderDefinition): Promise<RunningApp> {
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-forced-'));
  cleanup.push(() => {
    rmSync(home, { recursive: true, force: true });
  });
  if (provider) {
    const folder = path.join(home, 'sandbox', 'providers');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(folder, `${provider.id}.json`), JSON.stringify(provider));
  }
  const app = await startApp([], { home, keepHome: true });
  cleanup.push(() => app.stop());
  return app;
}

async function call<T>(app: RunningApp, name: string, input: object): Promise<T> {
  const answer = (await callSocket(app.socket, name, input)) as object;
  if ('error' in answer) throw new Error(JSON.stringify(answer));
  return answer as T;
}

/** One after the other; every fifth time two ask at once. Gives the tokens that there were. */
async function refreshed(app: RunningApp, connection: string): Promise<Set<string>> {
  const tokens = new Set<string>();
  const get = async (): Promise<string> =>
    (await call<{ value: string }>(app, 'credentials.get', { connection, field: 'access_token' })).value;
  tokens.add(await get());
  for (let count = 0; count < REFRESHES; count += 1) {
    const callers = count % 5 === 0 ? 2 : 1;
    const views = await Promise.all(
      Array.from({ length: callers }, () => call<ConnectionView>(app, 'connections.refresh', { connection })),
    );
    for (const { status } of views) expect(status.state).toBe('connected');
    tokens.add(await get());
  }
  // By the command line too.
  expect(await app.cli(['refresh', connection])).toMatchObject({ code: 0 });
  expect(await app.cli(['test', connection])).toMatchObject({ code: 0 });
  return tokens;
}

test(`${String(REFRESHES)} forced refreshes in a row keep the grant, and use no replaced token`, async () => {
  const app = await start();
  await connect(app, { sites: ['acme'] }, ['--name', 'mine']);
  expect((await refreshed(app, 'mine')).size).toBe(REFRESHES + 1);
  const { totals, refreshTokensUsedTwice } = (await app.sandbox('state')) as {
    totals: RefreshUseTotals;
    refreshTokensUsedTwice: number;
  };
  expect(refreshTokensUsedTwice).toBe(0);
  expect(totals).toMatchObject({ replaced: 0, grace: 0, expired: 0, unknown: 0, concurrent: 0 });
  // Two callers share a request where the second comes before the answer to the first.
  expect(totals.current).toBeGreaterThan(REFRESHES);
  expect(totals.current).toBeLessThanOrEqual(REFRESHES + 1 + REFRESHES / 5);
});

test(`${String(REFRESHES)} forced refreshes in a row, at a certified server that forgives no reuse`, async () => {
  const server = await startOidcServer();
  cleanup.push(() => server.dispose());
  const app = await start({
    ...server.definition,
    methods: server.definition.methods.map((method) =>
      method.method === 'oauth2' ? { ...method, redirectPort: 'any' as const } : method,
    ),
  });
  const connected = await connectBy(app, (url) => server.consent(url), ['connect', 'oidc', '--name', 'mine']);
  expect(connected).toMatchObject({ connection: { name: 'mine' } });
  expect((await refreshed(app, 'mine')).size).toBe(REFRESHES + 1);
  expect(server.revokedGrants()).toBe(0);
});
