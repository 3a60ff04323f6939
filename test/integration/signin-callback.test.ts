import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Site } from '../../contract/connection.ts';
import { ConnectionId, OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { ok, type Result } from '../../main/lib/result.ts';
import atlassian from '../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../main/providers/definition.ts';
import type { SignedIn } from '../../main/signin/ports.ts';
import type { SignInRegistry as SignIns } from '../../main/signin/sign-ins.ts';
import { withOAuth2 } from '../fakes/oauth2.ts';
import { signInRequest, signInsWith } from '../fakes/sign-ins.ts';
import { asNobody } from './support/as-nobody.ts';
import { freePort } from './support/free-port.ts';

/** Forged requests; the full count of quality.md is 10,000. */
const ATTACKS = Number(process.env['TOKENTRAY_ATTACKS'] ?? 500);
/** So many attacks stand between two valid callbacks. */
const ATTACKS_A_SIGN_IN = 25;

const PROVIDER = ProviderId.parse('atlassian');
const ISSUER = 'https://auth.atlassian.com';

const bundled = ProviderDefinition.parse(atlassian);
const definition = withOAuth2(bundled, { issuer: ISSUER });

const ANA = { id: 'ana', name: 'Ana', email: 'ana@acme.example', pictureUrl: null };
const ACME = { cloudId: 'c', name: 'acme', url: 'https://acme.atlassian.net', products: [] };

let sites: Site[];
let saved: SignedIn[];
let codes: (string | null)[];
let opened: SignIns[];

beforeEach(() => {
  sites = [ACME];
  saved = [];
  codes = [];
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((signIns) => signIns.dispose()));
});

function signInsAt(redirectUri: string): SignIns {
  const signIns = signInsWith({
    registry: { get: () => ok(definition) },
    clients: {
      choose: () =>
        ok({
          id: OAuthClientId.parse('22222222-2222-4222-8222-222222222222'),
          provider: PROVIDER,
          name: 'Mine',
          clientId: 'cid',
          hasSecret: true,
          redirectUri,
          origin: 'user',
          createdAt: 0,
        }),
      secret: () => ok('secret'),
    },
    fetch: (_, init) => {
      codes.push((init?.body as URLSearchParams | undefined)?.get('code') ?? null);
      return Promise.resolve(Response.json({ access_token: 'at', refresh_token: 'rt', expires_in: 60 }));
    },
    clock: systemClock,
    openUrl: () => Promise.resolve(ok(undefined)),
    saveSignedIn: (signedIn) => {
      saved.push(signedIn);
      return Promise.resolve(ok(ConnectionId.parse('11111111-1111-4111-8111-111111111111')));
    },
    identify: () => Promise.resolve(ok({ account: ANA, sites })),
    connected: () => ({ name: 'acme', account: ANA, site: ACME }),
  });
  opened.push(signIns);
  return signIns;
}

const start = async (signIns: SignIns): Promise<SignInView> => {
  const started = await signIns.start(signInRequest(PROVIDER));
  return view(started);
};

const view = (result: Result<SignInView>): SignInView => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const waiting = ({ stage }: SignInView) => {
  if (stage.stage !== 'waiting') throw new Error(`at ${stage.stage}`);
  return stage;
};

const stateOf = (signIn: SignInView): string =>
  new URL(waiting(signIn).authorizeUrl).searchParams.get('state') ?? '';

const done = async (signIns: SignIns, { id }: SignInView): Promise<string> => {
  await signIns.wait(id, 'waiting', 10_000);
  return view(await signIns.wait(id, 'exchanging', 10_000)).stage.stage;
};

/** Sends bytes as they are and gives what came back until the other side closed. */
const raw = (port: number, bytes: string, host = '127.0.0.1'): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, host);
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    // A refused sender may be cut off while it still writes.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
    socket.write(bytes);
  });

/** Connects, says this much, and stays. */
function lingering(port: number, bytes: string): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(bytes);
  return socket;
}

const get = (port: number, target: string, headers: Record<string, string> = {}): string => {
  const all = { Host: `127.0.0.1:${String(port)}`, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

describe('a real callback', () => {
  test('leads to a page without the code in its address, without scripts', async () => {
    const port = await freePort();
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const started = await start(signIns);
    expect(waiting(started).listening).toBe(true);
    const callback = `http://127.0.0.1:${String(port)}/callback?code=c%2F1&state=${stateOf(started)}`;
    const response = await fetch(callback, { redirect: 'follow' });
    expect(new URL(response.url).search).toBe('');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    expect(page).toContain('acme is connected');
    expect(page).toContain('Ana – ana@acme.example');
    expect(page).toContain('close this tab');
    expect(page).not.toMatch(/<script|c%2F1|c\/1/);
    expect(await done(signIns, started)).toBe('done');
    expect(codes).toEqual(['c/1']);

    const replay = await fetch(callback, { redirect: 'manual' });
    expect(replay.status).toBe(400);
    expect(await replay.text()).toContain('Already used');
    expect(codes).toHaveLength(1);
  });

  test('with a question leads to a page that goes on by itself when it is answered, and then frees the port', async () => {
    const port = await freePort();
    sites = [ACME, { ...ACME, cloudId: 'd', name: 'beta' }];
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const started = await start(signIns);
    const asked = await fetch(`http://127.0.0.1:${String(port)}/callback?code=c&state=${stateOf(started)}`);
    expect(await asked.text()).toContain('Choose a site in Tokentray');
    const next = /^1;url=(.+)$/.exec(asked.headers.get('refresh') ?? '')?.[1] ?? '';
    const going = fetch(new URL(next, asked.url));
    await signIns.chooseSite(started.id, 'beta');
    const last = await going;
    expect(await last.text()).toContain('acme is connected');
    expect(last.headers.get('refresh')).toBeNull();
    expect(await raw(port, get(port, '/tokentray/sign-in/other'))).toMatch(/^HTTP\/1\.1 404/);
  });

  test('that is denied, or comes after a cancellation, says so', async () => {
    const port = await freePort();
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const [denied, cancelled] = [await start(signIns), await start(signIns)];
    const at = (query: string, of: SignInView) =>
      fetch(`http://127.0.0.1:${String(port)}/callback?${query}&state=${stateOf(of)}`).then((one) =>
        one.text(),
      );
    expect(await at('error=access_denied&error_description=%3Ci%3E', denied)).toContain(
      'Access was denied at',
    );
    signIns.cancel(cancelled.id);
    expect(await at('code=c', cancelled)).toContain('The sign-in was cancelled');
    expect(codes).toEqual([]);
  });

  test('on localhost arrives over both families, or the one that there is', async () => {
    const port = await freePort();
    const signIns = signInsAt(`http://localhost:${String(port)}/callback`);
    for (const address of ['127.0.0.1', '::1']) {
      const started = await start(signIns);
      const request = get(port, `/callback?code=c&state=${stateOf(started)}`, {
        Host: `localhost:${String(port)}`,
      });
      const answer = await raw(port, request, address);
      if (address === '127.0.0.1') expect(answer).toMatch(/^HTTP\/1\.1 303/);
      // Nothing came back: this machine has no IPv6.
      if (answer !== '') expect(await done(signIns, started)).toBe('done');
    }
  });

  test('goes to the right one of two sign-ins that share a port', async () => {
    const port = await freePort();
    const first = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const [one, two] = [await start(first), await start(first)];
    await fetch(`http://127.0.0.1:${String(port)}/callback?code=2&state=${stateOf(two)}`);
    await fetch(`http://127.0.0.1:${String(port)}/callback?code=1&state=${stateOf(one)}`);
    expect([await done(first, two), await done(first, one)]).toEqual(['done', 'done']);
    expect(codes).toEqual(['2', '1']);
  });
});

// The authorization address, and with it the state, is on the command line of what opens the browser.
describe.runIf(process.getuid?.() === 0)('another user of the machine who knows the state', () => {
  /** What a server at this address answers to that user. */
  const request = (host: string, port: number, target: string): Promise<string> =>
    asNobody(`
      import net from 'node:net';
      const socket = net.connect({ host: '${host}', port: ${String(port)} });
      socket.write(${JSON.stringify(get(port, target))});
      for await (const piece of socket) console.log(String(piece));`);

  /** The same, five times, from a sender who is gone before the answer. */
  const requestAndGo = (host: string, port: number, target: string): Promise<string> =>
    asNobody(`
      import net from 'node:net';
      for (let round = 0; round < 5; round += 1)
        await new Promise((resolve) => {
          const socket = net.connect({ host: '${host}', port: ${String(port)} });
          socket.on('close', resolve);
          socket.write(${JSON.stringify(get(port, target))}, () => socket.destroy());
        });
      console.log('gone');`);

  test.each([
    ['signs nobody else in', '127.0.0.1', 'code=evil'],
    ['ends nothing', '127.0.0.1', 'error=access_denied'],
    ['nor through an IPv6 socket', '::ffff:127.0.0.1', 'code=evil'],
  ])('%s', async (_, host, query) => {
    const port = await freePort();
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const started = await start(signIns);
    const target = `/callback?${query}&state=${stateOf(started)}`;
    expect(await request(host, port, target)).toMatch(/^HTTP\/1\.1 403[^]*Another user of this computer/);
    expect(await requestAndGo(host, port, target)).toBe('gone');
    expect(view(signIns.get(started.id)).stage.stage).toBe('waiting');
    const good = `http://127.0.0.1:${String(port)}/callback?code=good&state=${stateOf(started)}`;
    const landing = (await fetch(good, { redirect: 'manual' })).headers.get('location') ?? '';
    expect(await done(signIns, started)).toBe('done');
    expect(codes).toEqual(['good']);
    const shown = await request(host, port, landing);
    expect(shown).toMatch(/^HTTP\/1\.1 403/);
    expect(shown).not.toContain('ana@acme.example');
    expect(await raw(port, get(port, landing))).toContain('ana@acme.example');
  });
});

describe('the port', () => {
  let other: Server | null = null;

  afterEach(() => {
    other?.close();
    other = null;
  });

  test('that another program has is named, and pasting goes on', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const redirectUri = `http://127.0.0.1:${String(port)}/callback`;
    const signIns = signInsAt(redirectUri);
    const started = await start(signIns);
    expect(waiting(started)).toMatchObject({ listening: false });
    expect(waiting(started).notice).toContain(`Port ${String(port)} is used by another program`);
    const pasted = await signIns.complete(started.id, `${redirectUri}?code=c&state=${stateOf(started)}`);
    expect(view(pasted).stage.stage).toBe('done');

    other.close();
    await once(other, 'close');
    expect(waiting(await start(signIns)).listening).toBe(true);
  });

  test('is free again after the sign-ins are disposed, and only this machine could reach it', async () => {
    const port = await freePort();
    const redirectUri = `http://127.0.0.1:${String(port)}/callback`;
    const first = signInsAt(redirectUri);
    await start(first);
    await first.dispose();
    expect(waiting(await start(signInsAt(redirectUri))).listening).toBe(true);
    // Another loopback address of the machine finds nobody.
    await expect(fetch(`http://127.0.0.2:${String(port)}/callback`)).rejects.toThrow('fetch failed');
  });
});

describe(`${String(ATTACKS)} attacks`, () => {
  /** Every attack knows all but the state; some even know that, and are wrong in another way. */
  const attacks: ((port: number, state: string, n: number) => string)[] = [
    (port, _, n) => get(port, `/callback?code=evil&state=${'x'.repeat(n % 60)}`),
    (port, state) => get(port, `/callback?code=evil&state=${state.slice(0, -1)}`),
    (port) => get(port, '/callback?code=evil'),
    (port) => get(port, '/callback?error=access_denied&error_description=<script>'),
    (port, _, n) => get(port, `/callback?error=access_denied&state=${String(n)}`),
    (port, state) => get(port, `/callback?code=evil&state=${state}&iss=https://evil.example`),
    (port, state) => get(port, `/callback?code=evil&code=evil&state=${state}`),
    (port, state) => get(port, `/callback/?code=evil&state=${state}`),
    (port, state) => get(port, `/%63allback?code=evil&state=${state}`),
    (port, state) => get(port, `/?code=evil&state=${state}`),
    (port, state) => get(port, `/callback?code=evil&state=${state}`, { Host: 'evil.example' }),
    (port, state) => get(port, `/callback?code=evil&state=${state}`, { Host: `localhost:${String(port)}` }),
    (port, state) => get(port, `/callback?code=evil&state=${state}`, { Origin: 'https://evil.example' }),
    (port, state) => get(port, `/callback?code=evil&state=${state}`, { Origin: 'null' }),
    (port, state) => get(port, `http://evil.example/callback?code=evil&state=${state}`),
    (_, state) => `GET /callback?code=evil&state=${state} HTTP/1.1\r\n\r\n`,
    (port, state) =>
      get(port, `/callback?code=evil&state=${state}`).replace('\r\n\r\n', '\r\nHost: evil.example\r\n\r\n'),
    ...['POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE', 'TRACE', 'CONNECT', 'QUERY', 'NONSENSE'].map(
      (method) => (port: number, state: string) =>
        get(port, `/callback?code=evil&state=${state}`).replace('GET', method),
    ),
    () => 'not http at all\r\n\r\n',
    () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
    () => '',
  ];
  const megabyte = (port: number, state: string): string =>
    get(port, `/callback?code=evil&state=${state}`, { 'X-Large': 'x'.repeat(1 << 20) });

  test('accept nothing, end nothing and keep no valid callback out', async () => {
    const port = await freePort();
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    const slow: Socket[] = [];
    let sent = 0;
    let valid = 0;
    let spent = '';
    while (sent < ATTACKS) {
      const started = await start(signIns);
      const state = stateOf(started);
      // Senders that never finish, more than the server holds connections.
      if (sent % 250 === 0)
        for (let n = 0; n < 100; n += 1) slow.push(lingering(port, 'GET /callback?code=evil&state='));
      const batch: Promise<string>[] = [];
      for (let n = 0; n < ATTACKS_A_SIGN_IN; n += 1, sent += 1) {
        const attack = attacks[sent % attacks.length]!;
        const bytes = sent % 100 === 99 ? megabyte(port, state) : attack(port, state, sent);
        batch.push(bytes === '' ? silent(port) : raw(port, bytes));
        if (spent !== '' && n === 0) batch.push(raw(port, get(port, `/callback?code=evil&state=${spent}`)));
      }
      for (const answer of await Promise.all(batch)) expect(answer).not.toMatch(/^HTTP\/1\.1 [23]/);
      expect(view(signIns.get(started.id)).stage.stage).toBe('waiting');

      const code = `good-${String(valid)}`;
      const answer = await raw(port, get(port, `/callback?code=${code}&state=${state}&iss=${ISSUER}`));
      expect(answer).toMatch(/^HTTP\/1\.1 303/);
      expect(await done(signIns, started)).toBe('done');
      spent = state;
      valid += 1;
    }
    for (const socket of slow) socket.destroy();
    expect(valid).toBe(Math.ceil(ATTACKS / ATTACKS_A_SIGN_IN));
    expect(codes).toEqual(Array.from({ length: valid }, (_, n) => `good-${String(n)}`));
    expect(saved).toHaveLength(valid);
  });

  test('by a sender that never finishes are cut off within seconds', async () => {
    const port = await freePort();
    const signIns = signInsAt(`http://127.0.0.1:${String(port)}/callback`);
    await start(signIns);
    const begun = performance.now();
    expect(await raw(port, 'GET /callback?code=evil')).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  /** Connects and goes away without a word, as browsers do to be ready. */
  async function silent(port: number): Promise<string> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    socket.destroy();
    return '';
  }
});
