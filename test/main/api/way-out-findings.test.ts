import { expect, it } from 'vitest';
import type { Services } from '../../../main/api/services.ts';
import { wayOutFindings } from '../../../main/api/way-out-findings.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import { ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { readBundled } from '../connections/bundled.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

type Needed = Parameters<typeof wayOutFindings>[0];

function services(clock: FakeClock, tryOut: Services['network']['tryOut']): Needed {
  const acmeRecord = {
    provider: 'atlassian',
    renewal: 'refresh-token',
    route: 'default',
    site: { cloudId: 'c', name: 'acme', url: 'https://acme.atlassian.net', products: [] },
  };
  const connections = [1, 2, 3].map((n) =>
    aConnection(n, 0, { name: `c${n}`, provider: 'atlassian' as ProviderId }),
  );
  const own = connectionId(3);
  return {
    connections: { list: () => connections },
    registry: { get: () => ok(readBundled()) },
    clients: { list: () => [], get: () => null },
    store: {
      connections: { get: () => ({ ...acmeRecord }) },
      network: { get: (id: string) => (id === own ? { verify: false } : {}) },
    },
    network: { isUnverified: (id: string) => id === own, tryOut },
    clock,
  } as unknown as Needed;
}

it('tries each server once for each way to it, and names what stands in it', async () => {
  const clock = new FakeClock();
  const tried: string[] = [];
  const findings = await wayOutFindings(
    services(clock, (url, via) => {
      tried.push(`${new URL(url).host} ${via?.connection === connectionId(3) ? 'own' : 'shared'}`);
      return Promise.resolve(
        url.includes('auth.')
          ? { route: 'through the proxy p:1 (from HTTPS_PROXY)', fault: null }
          : {
              route: 'directly',
              fault: { reason: 'it is shut', cure: 'Open it.', lost: false, late: false },
            },
      );
    }),
  );
  expect(tried).toEqual([
    'auth.atlassian.com shared',
    'api.atlassian.com shared',
    'auth.atlassian.com own',
    'api.atlassian.com own',
  ]);
  expect(findings).toHaveLength(5);
  expect(findings[0]).toEqual({
    check: 'network',
    ok: true,
    message: 'Atlassian Cloud: auth.atlassian.com was reached through the proxy p:1 (from HTTPS_PROXY).',
  });
  expect(findings[1]).toEqual({
    check: 'network',
    ok: false,
    message: 'Atlassian Cloud: it is shut.',
    hint: 'Open it.',
  });
  expect(findings[4]).toMatchObject({ ok: false, hint: 'Run: tokentray network --verify --connection "c3"' });
  expect(clock.pendingTimers).toBe(0);
});

it('waits ten seconds at most', async () => {
  const clock = new FakeClock();
  const findings = wayOutFindings(services(clock, () => new Promise(() => undefined)));
  clock.advance(10_000);
  expect((await findings)[0]).toMatchObject({
    ok: false,
    message: 'Atlassian Cloud: auth.atlassian.com did not answer in time.',
  });
});

const reached = { route: 'directly', fault: null };

it.each<[string, string[], string[]]>([
  ['the first provider’s, before there is anything', [], ['api.atlassian.com', 'auth.atlassian.com']],
  ['those of providers with an OAuth client', ['trello'], ['api.trello.com', 'auth.atlassian.com']],
  [
    'an issuer’s alone, where the rest is to be discovered',
    ['atlassian-mcp'],
    ['auth.atlassian.com', 'mcp.atlassian.com'],
  ],
])('before a sign-in, tries %s', async (_, withClient, hosts) => {
  const tried: unknown[] = [];
  const findings = await wayOutFindings({
    ...services(new FakeClock(), (url, via) => {
      tried.push([new URL(url).host, via?.connection]);
      return Promise.resolve(reached);
    }),
    connections: { list: () => [] },
    registry: {
      list: () => BUNDLED_DEFINITIONS,
      get: (id: string) => ok(BUNDLED_DEFINITIONS.find((definition) => definition.id === id)),
    },
    clients: { list: () => withClient.map((provider) => ({ provider })), get: () => null },
  } as unknown as Needed);
  expect(tried).toEqual(hosts.map((host) => [host, null]));
  expect(findings).toHaveLength(hosts.length);
});

it('tries the token address that discovery found', async () => {
  const definition = BUNDLED_DEFINITIONS.find(({ id }) => id === 'atlassian-mcp')!;
  const resource = 'https://mcp.atlassian.com/v2/mcp';
  const server = { of: resource, issuer: 'https://auth.example', tokenUrl: 'https://auth.example/token' };
  const base = services(new FakeClock(), () => Promise.resolve(reached));
  const findings = await wayOutFindings({
    ...base,
    registry: { get: () => ok(definition) },
    clients: { list: () => [], get: () => ({ servers: [{ ...server, clientAuthentication: null }] }) },
    store: {
      connections: {
        get: () => ({
          provider: 'atlassian-mcp',
          renewal: 'refresh-token',
          route: 'default',
          site: null,
          client: 'c',
        }),
      },
      network: { get: () => ({}) },
    },
  } as unknown as Needed);
  expect(findings.map(({ message }) => message)).toContain(
    'Atlassian MCP server: auth.example was reached directly.',
  );
});
