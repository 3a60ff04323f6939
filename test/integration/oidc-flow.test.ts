import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connectBy } from './support/connect.ts';
import { startOidcServer, type OidcServer } from './support/oidc-server.ts';

// The whole app against a certified server that nobody here wrote, added as a provider file: it rotates refresh
// tokens on each use and ends the grant when a replaced one comes again.
let app: RunningApp;
let server: OidcServer;

beforeAll(async () => {
  server = await startOidcServer({ accessTokenTtlSeconds: 4 });
  app = await startApp(['--session-only'], { sandbox: false });
  const folder = path.join(app.home, 'providers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'oidc.json'), JSON.stringify(server.definition));
  expect((await app.cli(['providers', '--reload'])).code).toBe(0);
});
afterAll(async () => {
  await app.stop();
  await server.dispose();
});

it('connects, refreshes in time, and never spends a refresh token twice', { timeout: 60_000 }, async () => {
  const connected = await connectBy(app, (url) => server.consent(url, { login: 'ana' }), ['connect', 'oidc']);
  expect(connected).toMatchObject({
    connection: { account: { name: 'Person ana', email: 'ana@oidc.example' } },
  });

  const seen = new Set<string>();
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const token = (await app.cli(['get'])).stdout.trim();
    const answer = await fetch(`${server.issuer}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    seen.add(token);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(seen.size).toBeGreaterThanOrEqual(3);

  // Everybody asks at once for a token that is about to end.
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.cli(['get', '--min-ttl', '3'])));
  expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 0));
  expect(server.revokedGrants()).toBe(0);
  expect((await app.cli(['test'])).code).toBe(0);
});

it(
  'keeps name and id when it is connected again, and refuses who is somebody else',
  { timeout: 60_000 },
  async () => {
    const [before] = (await app.cli(['list', '--json'])).json() as [{ id: string; name: string }];
    const other = await connectBy(app, (url) => server.consent(url, { login: 'ben' }), [
      'reconnect',
      before.name,
    ]);
    expect(other).toHaveProperty('error');
    const again = await connectBy(app, (url) => server.consent(url, { login: 'ana' }), [
      'reconnect',
      before.name,
    ]);
    expect(again).toMatchObject({ connection: { id: before.id, name: before.name } });
  },
);

it('says so when the person does not allow it', async () => {
  const denied = await connectBy(app, (url) => server.consent(url, { decision: 'deny' }), [
    'connect',
    'oidc',
  ]);
  expect(denied).toMatchObject({ error: { code: 'denied' } });
});

it('left no token in the log', () => {
  const log = readFileSync(path.join(app.home, 'logs', 'tokentray.log'), { encoding: 'utf8', flag: 'a+' });
  expect(log).not.toMatch(/[\w-]{40,}/);
});
