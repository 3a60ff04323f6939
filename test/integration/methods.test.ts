import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../contract/connection.ts';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connectWay } from './support/connect-way.ts';
import { offeredBy, WAYS_IN, type Offered, type WayIn } from './support/ways-in.ts';

let app: RunningApp;
let offered: Offered;

beforeAll(async () => {
  app = await startApp();
  offered = await offeredBy(app);
});
afterAll(async () => {
  await app.stop();
});

/** Ways in that clients of REST APIs have no use for. */
const TO_MCP: readonly WayIn[] = [
  {
    title: 'API token for the MCP server',
    provider: 'atlassian-mcp',
    method: 'api-token',
    has: ({ apiTokens }) => {
      const { email, token } = apiTokens.find(({ scoped }) => scoped)!;
      return { username: email, secret: token };
    },
    header: /^Basic /,
  },
  {
    title: 'key of a service account for the MCP server',
    provider: 'atlassian-mcp',
    method: 'api-key',
    has: ({ serviceAccountTokens }) => ({ secret: serviceAccountTokens[0]!.token }),
    header: /^Bearer /,
  },
];

/** With the device flow, somebody has to enter a code. */
const ways = [...WAYS_IN, ...TO_MCP].filter(({ grant }) => grant !== 'device-code');

it.each(ways)('connects, works, is renewed or says why not, and is removed: $title', async (way) => {
  const { method, has, header } = way;
  await connectWay(app, offered, way, 'mine');
  expect(await app.cli(['refresh', 'mine'])).toMatchObject(
    method === 'oauth2' ? { code: 0 } : { code: 1, stderr: expect.stringContaining('pasted') as string },
  );
  const test = await app.cli(['test', 'mine', '--json']);
  expect(test.stdout + test.stderr).toMatch(/"ok":true/);
  expect(test.code).toBe(0);
  expect((await app.cli(['get', 'mine', '--field', 'authorization'])).stdout).toMatch(header);
  expect((await app.cli(['remove', 'mine', '--yes', '--json'])).code).toBe(0);
  const { clientId } = has(offered);
  if (clientId !== undefined) expect((await app.cli(['clients', 'remove', clientId])).code).toBe(0);
});

describe('a pasted secret', () => {
  it('is replaced in place', async () => {
    const way = WAYS_IN.find(({ title }) => title === 'classic API token of Atlassian Cloud')!;
    await connectWay(app, offered, way, 'mine');
    const again = await app.cli(['reconnect', 'mine', '--expires', '90d', '--json'], {
      input: way.has(offered).secret ?? '',
    });
    expect(again.code).toBe(0);
    const [view] = ((await app.cli(['list', '--json'])).json() as ConnectionView[]).filter(
      ({ name }) => name === 'mine',
    );
    expect(view?.expiresAt).toEqual(expect.any(String));
    expect((await app.cli(['remove', 'mine', '--yes', '--json'])).code).toBe(0);
  });

  it.each([
    ['atlassian', ['--site', 'acme']],
    ['atlassian-mcp', []],
  ])('that is wrong connects nothing, and says what to do: %s', async (provider, args) => {
    const { email } = offered.apiTokens[0]!;
    const refused = await app.cli(
      ['connect', provider, '--method', 'api-token', ...args, '--email', email, '--json'],
      { input: 'ATATT3xFfGF0-nothing' },
    );
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ error: { code: 'denied', hint: expect.any(String) as string } });
  });
});
