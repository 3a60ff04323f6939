import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAuthority, newCertificate } from './support/certificates.ts';
import { startGatewayCore, type GatewayCore } from './support/gateway-core.ts';
import { numbers } from './support/malformed-requests.ts';
import { strictUpstream, type Arrival, type StrictUpstream } from './support/strict-upstream.ts';
import { tunnel } from './support/tunnel.ts';

const MIXED = Number(process.env['TOKENTRAY_ATTACKS'] ?? '600');
const AT_ONCE = 100;

/** Two accounts of one site, and two sites of one account. */
const TENANTS = {
  'ana-one': { site: 'one', token: 'token-of-ana-at-one' },
  'ben-one': { site: 'one', token: 'token-of-ben-at-one' },
  'ana-two': { site: 'two', token: 'token-of-ana-at-two' },
} as const;
type Tenant = keyof typeof TENANTS;

/** Each may use something of each kind, and not all. */
const AGENTS = { first: ['ana-one', 'ana-two'], second: ['ben-one', 'ana-one'] } as const;
type Agents = keyof typeof AGENTS;

const ends: (() => void | Promise<void>)[] = [];
let core: GatewayCore;
const sites = new Map<string, StrictUpstream>();
/** What an upstream got with another credential than that of whom it was meant for, or in another place. */
const strays: string[] = [];
let received = 0;

const headerOf = ({ headers }: Arrival, name: string): string =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';

/** Every request says whom it is meant for, in a place that is passed on: the address, or the message. */
const meantIn = ({ line, body }: Arrival): string => /meant-[a-z-]+-\d+/.exec(line + body)?.[0] ?? '';

function answerAt(site: string): (arrival: Arrival) => string {
  return (arrival) => {
    received += 1;
    const meant = meantIn(arrival);
    const tenant = /^meant-(.+)-\d+$/.exec(meant)?.[1] as Tenant | undefined;
    const expected = tenant === undefined ? undefined : TENANTS[tenant];
    const token = headerOf(arrival, 'authorization').slice('Bearer '.length);
    const isRight =
      expected?.site === site && expected.token === token && arrival.line.includes(`/cloud-${site}`);
    if (!isRight) strays.push(`${site}: ${token}: ${arrival.line} ${arrival.body.slice(0, 100)}`);
    const filler = 'x'.repeat((received * 7919) % 40_000);
    const result = { token, meant, filler };
    return JSON.stringify(arrival.body.startsWith('{') ? { jsonrpc: '2.0', id: 1, result } : { result });
  };
}

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-tenants-'));
  const authority = await newAuthority();
  const certificate = await newCertificate(authority);
  writeFileSync(path.join(folder, 'ca.pem'), authority.cert);
  core = await startGatewayCore(path.join(folder, 'ca.pem'));
  for (const site of ['one', 'two']) sites.set(site, await strictUpstream(answerAt(site), certificate));
  for (const [name, { site, token }] of Object.entries(TENANTS))
    core.connect(name, `https://localhost:${sites.get(site)?.port ?? 0}`, token, `cloud-${site}`);
  ends.push(
    () => core.dispose(),
    () => {
      for (const site of sites.values()) site.stop();
      rmSync(folder, { recursive: true });
    },
  );
});
afterAll(async () => {
  for (const end of ends) await end();
});

interface Asking {
  agent: Agent;
  port: number;
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** How long the client waits before it leaves; null: for the whole answer. */
  leavesAfterMs: number | null;
}

/** Null: the client left, or there was no whole answer. */
function ask({
  agent,
  port,
  path: target,
  headers,
  body,
  leavesAfterMs,
}: Asking): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve) => {
    const sent = httpRequest({
      agent,
      host: '127.0.0.1',
      port,
      path: target,
      method: body === null ? 'GET' : 'POST',
      headers,
    });
    sent.on('error', () => {
      resolve(null);
    });
    sent.on('response', (answer) => {
      let text = '';
      answer.on('error', () => {
        resolve(null);
      });
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
      });
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    sent.end(body ?? undefined);
    if (leavesAfterMs !== null) setTimeout(() => sent.destroy(), leavesAfterMs);
  });
}

/** Connections through a run's proxy to one of the sites, kept. */
function throughProxy(run: { port: number; key: string; ca: string }, target: string): Agent {
  const secureContext = createSecureContext({ ca: run.ca });
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = (_, connected) => {
    tunnel(run, target, secureContext).then(
      (socket) => connected?.(null, socket!),
      (fault: unknown) => connected?.(fault as Error, null as never),
    );
    return undefined;
  };
  return agent;
}

it(`${MIXED} mixed requests of two agents meet no other tenant, through every entrance at once`, async () => {
  const seed = Number(process.env['TOKENTRAY_SEED'] ?? Date.now() >>> 0);
  const next = numbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const tenants = Object.keys(TENANTS) as Tenant[];
  const direct = new Agent({ keepAlive: true });
  const keys = { first: await core.key(AGENTS.first), second: await core.key(AGENTS.second) };
  const proxies = new Map<string, Agent>();
  for (const agent of Object.keys(AGENTS) as Agents[]) {
    const run = await core.run(AGENTS[agent]);
    for (const [site, { port }] of sites)
      proxies.set(`${agent} ${site}`, throughProxy(run, `localhost:${port}`));
  }
  const tokens = new Map<Tenant, string>();
  for (const tenant of tenants) tokens.set(tenant, await core.signIn(tenant));
  const gatewayPort = Number(new URL(core.gatewayUrl).port);
  const mcpPort = Number(new URL(core.mcpUrl).port);

  const mistakes: string[] = [];
  const counts = { gateway: 0, proxy: 0, mcp: 0, refused: 0, answered: 0, left: 0 };
  let begun = 0;

  async function one(n: number): Promise<void> {
    const agent = pick(['first', 'second'] as const);
    const tenant = pick(tenants);
    const { site, token } = TENANTS[tenant];
    const mayUse = (AGENTS[agent] as readonly string[]).includes(tenant);
    const meant = `meant-${tenant}-${n}`;
    const leavesAfterMs = next() < 0.1 ? next() * 4 : null;
    const isPost = next() < 0.4;
    const filler = 'y'.repeat(Math.floor(next() * 30_000));
    const entrance = next() < 0.8 ? 'gateway' : pick(['proxy', 'mcp'] as const);
    counts[entrance] += 1;
    const common = { leavesAfterMs, body: isPost ? `${meant} ${filler}` : null };
    let given: Asking;
    let refusal: readonly number[] = mayUse ? [] : [404];
    if (entrance === 'gateway')
      given = {
        ...{ ...common, agent: direct, port: gatewayPort, path: `/${tenant}/jira/rest/${meant}` },
        headers: { 'x-tokentray-key': keys[agent] },
      };
    else if (entrance === 'proxy') {
      // Where both of a run's connections are of one site, somebody has to say which.
      const names = next() < 0.9 || AGENTS[agent].filter((each) => TENANTS[each].site === site).length !== 1;
      const isOpen = AGENTS[agent].some((each) => TENANTS[each].site === site);
      refusal = mayUse ? [] : [403];
      if (!isOpen) return;
      if (!names && !mayUse) return;
      given = {
        ...{
          ...common,
          agent: proxies.get(`${agent} ${site}`)!,
          port: 1,
          path: `/ex/jira/cloud-${site}/rest/${meant}`,
        },
        headers: {
          host: `localhost:${sites.get(site)?.port ?? 0}`,
          ...(names && { 'x-tokentray-connection': tenant }),
        },
      };
    } else {
      refusal = [];
      // A token of one tenant at the address of another.
      const asked = next() < 0.2 ? pick(tenants) : tenant;
      if (asked !== tenant) refusal = [401];
      given = {
        ...{ agent: direct, port: mcpPort, path: `/${asked}/rovo`, leavesAfterMs },
        headers: {
          ...{ authorization: `Bearer ${tokens.get(tenant) ?? ''}`, 'content-type': 'application/json' },
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'x', arguments: { meant, filler } },
        }),
      };
    }
    const answer = await ask(given);
    if (answer === null) {
      if (leavesAfterMs === null) mistakes.push(`no answer: ${entrance} ${agent} ${meant}`);
      counts.left += 1;
      return;
    }
    if (refusal.length > 0) {
      counts.refused += 1;
      if (!refusal.includes(answer.status) || answer.text.includes('token-of-'))
        mistakes.push(`${entrance} ${agent} ${meant}: ${answer.status} instead of ${refusal.join()}`);
      return;
    }
    counts.answered += 1;
    const { result } = JSON.parse(answer.text) as { result?: { token: string; meant: string } };
    if (answer.status !== 200 || result?.token !== token || result.meant !== meant)
      mistakes.push(`${entrance} ${agent} ${meant}: ${answer.status} ${answer.text.slice(0, 200)}`);
  }

  const work = async (): Promise<void> => {
    while (begun < MIXED) await one((begun += 1));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const agent of [direct, ...proxies.values()]) agent.destroy();
  const faults = [...sites.values()].flatMap((site) => site.faults);
  expect({ seed, strays: strays.slice(0, 5), faults, mistakes: mistakes.slice(0, 5) }).toEqual({
    seed,
    strays: [],
    faults: [],
    mistakes: [],
  });
  // Something of everything was tried.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(MIXED / 100);
  expect(received).toBeGreaterThanOrEqual(counts.answered);
  if (process.env['TOKENTRAY_ATTACKS'] !== undefined) console.log({ seed, received, ...counts });
});
