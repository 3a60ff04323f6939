import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAuthority, newCertificate } from './support/certificates.ts';
import { startGatewayCore, type GatewayCore } from './support/gateway-core.ts';
import {
  malformedConnect,
  malformedRequest,
  numbers,
  type Attack,
  type Entrance,
} from './support/malformed-requests.ts';
import { openTcp, tunnel } from './support/tunnel.ts';
import { strictUpstream, type Arrival, type StrictUpstream } from './support/strict-upstream.ts';

const ATTACKS = Number(process.env['TOKENTRAY_ATTACKS'] ?? '240');
const AT_ONCE = 40;
/** Nothing came for so long: the client ends its side, and then gives up. */
const QUIET_MS = 150;
const GIVEN_UP_MS = 3000;
const OWN_TOKEN = 'token-of-acme-000001';
const OTHER_TOKEN = 'token-of-beta-000002';

let folder: string;
let core: GatewayCore;
/** Behind the connection that the caller may use, and behind the one that it may not. */
let own: StrictUpstream;
let other: StrictUpstream;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-malformed-'));
  const authority = await newAuthority();
  const { cert, key } = await newCertificate(authority);
  const caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const answer = ({ body }: Arrival): string =>
    body.startsWith('{') ? `{"jsonrpc":"2.0","id":1,"result":{}}` : '{"ok":true}';
  own = await strictUpstream(answer, { cert, key });
  other = await strictUpstream(answer, { cert, key });
  core = await startGatewayCore(caFile);
  core.connect('acme', `https://localhost:${own.port}`, OWN_TOKEN);
  core.connect('beta', `https://localhost:${other.port}`, OTHER_TOKEN);
});
afterAll(async () => {
  await core.dispose();
  own.stop();
  other.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const { arrivals, faults } of [own, other]) {
    arrivals.length = 0;
    faults.length = 0;
  }
});

type Open = () => Promise<Socket | null>;

/** What comes back for these bytes, until the connection ends. */
async function answerTo(open: Open, bytes: string, quietMs = QUIET_MS): Promise<string> {
  const socket = await open();
  if (socket === null) return '';
  return new Promise((resolve) => {
    let answer = '';
    socket.setTimeout(quietMs, () => {
      socket.end();
    });
    const limit = setTimeout(() => socket.destroy(), quietMs + GIVEN_UP_MS);
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(answer);
    });
    socket.write(bytes, 'latin1');
  });
}

const key = (arrival: Pick<Arrival, 'line' | 'body'>): string => `${arrival.line}\n${arrival.body}`;

/** What arrived that nobody sent, or otherwise than it was sent. */
function wrongArrivals(attacks: readonly Attack[]): string[] {
  const whole = new Map<string, number>();
  const begun = new Map<string, string[]>();
  for (const { may } of attacks)
    for (const each of may) {
      if (each.whole) whole.set(key(each), (whole.get(key(each)) ?? 0) + 1);
      begun.set(each.line, [...(begun.get(each.line) ?? []), each.body]);
    }
  const wrong = own.arrivals.filter((arrival) => {
    const values = (name: string): string[] =>
      arrival.headers.filter(([each]) => each.toLowerCase() === name).map(([, text]) => text);
    const names = arrival.headers.map(([name]) => name.toLowerCase().replaceAll('_', '-'));
    const isClean =
      values('host').join() === `localhost:${own.port}` &&
      values('authorization').join() === `Bearer ${OWN_TOKEN}` &&
      !names.some((name) =>
        /^(?:x-evil|x-stolen|cookie|te|trailer|upgrade|forwarded|x-(?:forwarded|tokentray|original|rewrite|http-method).*|proxy-.*)$/.test(
          name,
        ),
      ) &&
      names.filter((name) => /^(?:content-length|transfer-encoding)$/.test(name)).length <= 1;
    if (!isClean) return true;
    if (!arrival.whole) return !(begun.get(arrival.line) ?? []).some((body) => body.startsWith(arrival.body));
    const left = whole.get(key(arrival)) ?? 0;
    whole.set(key(arrival), left - 1);
    return left < 1;
  });
  return wrong.map((arrival) => {
    const id = /\bn?(\d+)\b/.exec(arrival.body)?.[1] ?? /\/n(\d+)/.exec(arrival.line)?.[1];
    const attack = attacks[Number(id)];
    return `${attack?.kind ?? ''}: ${shown(attack?.bytes ?? '')} => ${shown(JSON.stringify(arrival))}`;
  });
}

const shown = (text: string): string =>
  JSON.stringify(text.length > 600 ? `${text.slice(0, 300)} … ${text.slice(-300)}` : text);

/** Sends them, and looks at what came of it at the upstreams and in the answers. Gives how many arrived. */
async function sendAll(make: (index: number, next: () => number) => Attack, open: Open): Promise<number> {
  const seed = Number(process.env['TOKENTRAY_SEED'] ?? Date.now() >>> 0);
  const next = numbers(seed);
  const attacks = Array.from({ length: ATTACKS }, (_, index) => make(index, next));
  const wrong: string[] = [];
  let taken = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const attack = attacks[taken++];
      if (attack === undefined) return;
      const answer = await answerTo(open, attack.bytes);
      // That a tunnel is open is no answer of anybody behind it.
      const good = [...answer.matchAll(/HTTP\/1\.[01] 2\d\d (?!Connection established)/g)].length;
      if (good > attack.may.filter(({ whole }) => whole).length)
        wrong.push(`${attack.kind}: ${shown(attack.bytes)} => ${shown(answer)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect({
    seed,
    answered: wrong.slice(0, 8),
    arrived: wrongArrivals(attacks).slice(0, 8),
    faults: own.faults.slice(0, 8),
    elsewhere: [...other.arrivals, ...other.faults].slice(0, 8),
  }).toEqual({ seed, answered: [], arrived: [], faults: [], elsewhere: [] });
  return own.arrivals.length;
}

async function attackAt(at: Entrance, open: Open): Promise<void> {
  const arrived = await sendAll((index, next) => malformedRequest(at, index, next), open);
  // What was right about some of them got through, so the others were not kept out by something else.
  expect(arrived).toBeGreaterThan(ATTACKS / 50);
  const honest = `POST ${at.target('honest')} HTTP/1.1\r\nHost: ${at.host}\r\n${at.headers}Content-Type: application/json\r\nContent-Length: ${at.body('0').length}\r\nConnection: close\r\n\r\n${at.body('0')}`;
  expect(await answerTo(open, honest, 5000)).toMatch(/^HTTP\/1\.1 200 /);
  expect(own.arrivals.at(-1)).toMatchObject({
    line: at.arrives('POST', 'honest'),
    body: at.body('0'),
    whole: true,
  });
}

describe(`${ATTACKS} malformed requests reach no wrong upstream and no wrong path`, () => {
  const atJira = { body: (id: string) => `body of ${id}`, methods: ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'] };
  const arrives = (method: string, id: string): string => `${method} /ex/jira/cloud-acme/rest/${id} HTTP/1.1`;

  it('through the gateway', async () => {
    const gatewayKey = await core.key(['acme']);
    const { host, port } = new URL(core.gatewayUrl);
    await attackAt(
      {
        ...{ ...atJira, arrives, host, headers: `X-Tokentray-Key: ${gatewayKey}\r\n`, prefix: '/acme/jira' },
        ...{ target: (id) => `/acme/jira/rest/${id}`, forbidden: '/ex/jira/cloud-beta' },
      },
      () => openTcp(Number(port)),
    );
  });

  it('inside a tunnel of a run', async () => {
    const run = await core.run(['acme']);
    const trusting = createSecureContext({ ca: run.ca });
    const prefix = '/ex/jira/cloud-acme';
    await attackAt(
      {
        ...{ ...atJira, arrives, host: `localhost:${own.port}`, headers: '', prefix },
        ...{ target: (id) => `${prefix}/rest/${id}`, forbidden: '/ex/jira/cloud-beta' },
      },
      () => tunnel(run, `localhost:${own.port}`, trusting),
    );
  });

  it('when a proxy is asked to connect', async () => {
    const run = await core.run(['acme']);
    const target = `localhost:${own.port}`;
    const proof = `Proxy-Authorization: Basic ${Buffer.from(`run:${run.key}`).toString('base64')}\r\n`;
    expect(
      await sendAll(
        (index, next) => malformedConnect(target, proof, index, next),
        () => openTcp(run.port),
      ),
    ).toBe(0);
    expect(await tunnel(run, target, createSecureContext({ ca: run.ca }))).not.toBeNull();
  });

  it('at the port for MCP clients', async () => {
    const token = await core.signIn('acme');
    const { host, port } = new URL(core.mcpUrl);
    await attackAt(
      {
        ...{
          host,
          headers: `Authorization: Bearer ${token}\r\nAccept: application/json\r\n`,
          prefix: '/acme/rovo',
        },
        ...{ target: () => '/acme/rovo', forbidden: '/mcp/cloud-beta', methods: ['POST', 'GET', 'DELETE'] },
        body: (id) => `{"jsonrpc":"2.0","id":${id.replace(/\D/g, '') || '0'},"method":"ping"}`,
        arrives: (method) => `${method} /mcp/cloud-acme HTTP/1.1`,
      },
      () => openTcp(Number(port)),
    );
  });
});
