import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { faultAnswer } from '../../../main/gateway/relay/relay-answers.ts';
import { notReached } from '../../../main/gateway/proxy/refusals.ts';
import { FetchLimitError } from '../../../main/lib/bounded-fetch.ts';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { NetworkFault } from '../../../main/lib/network-fault.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { gatewayParts, type GatewayParts } from '../../fakes/gateway-parts.ts';
import { speakingServer } from '../../fakes/speaking-server.ts';

const ends = new DisposableStack();
afterEach(() => ends.dispose());

/** An upstream that writes what a test says, and a client that sees the bytes. */
async function world(
  speak: (socket: Socket, received: string) => void,
  given: Parameters<typeof gatewayParts>[0] = {},
) {
  const { port } = ends.add(await speakingServer(speak));
  return behind(port, given);
}

async function behind(port: number, given: Parameters<typeof gatewayParts>[0] = {}) {
  const parts: GatewayParts = ends.add(gatewayParts(given));
  parts.connect('acme', `http://127.0.0.1:${port}`, 'secret-token-1');
  const { key } = parts.consumers.key();
  const url = await parts.url();
  const begin = (version = '1.1', headers = ''): { socket: Socket; answer: () => string } => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write(
      `POST /acme/jira/x HTTP/${version}\r\nHost: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\n${headers}`,
    );
    return { socket, answer: () => answer };
  };
  const whole = async (version?: string): Promise<string> => {
    const { socket, answer } = begin(version, 'Content-Length: 0\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    return answer();
  };
  return { parts, url, begin, whole };
}

const FINAL = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const statuses = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

describe('answers before the answer proper', () => {
  it.each([
    ['100', 'HTTP/1.1 100 Continue\r\n\r\n', [100, 200]],
    ['102', 'HTTP/1.1 102 Processing\r\n\r\n', [102, 200]],
    ['102 again and again', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(3), [102, 102, 102, 200]],
    ['103', 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n', [103, 200]],
    ['103 without a link', 'HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n', [200]],
    ['both', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <b>\r\n\r\n', [102, 103, 200]],
    ['one that nobody knows', 'HTTP/1.1 199 Odd\r\n\r\n', [200]],
  ])('%s', async (_, interim, expected) => {
    const { whole } = await world((socket) => socket.write(interim + FINAL));
    const answer = await whole();
    expect(statuses(answer)).toEqual(expected);
    expect(answer).toMatch(/ok$/);
  });

  it('are not for clients of HTTP/1.0', async () => {
    const { whole } = await world((socket) =>
      socket.write(
        `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <b>\r\n\r\n${FINAL}`,
      ),
    );
    expect(statuses(await whole('1.0'))).toEqual([200]);
  });

  it('lead where the client finds it, and never show the credential', async () => {
    const { whole, url } = await world((socket) =>
      socket.write(
        `HTTP/1.1 103 Early Hints\r\nLink: </ex/jira/cloud-acme/n?a,b>; rel=next, <https://other.example/x>; rel=preload\r\nLink: <https://other.example/?secret-token-1>\r\nSet-Cookie: a=b\r\n\r\n${FINAL}`,
      ),
    );
    const answer = await whole();
    expect(answer).toContain(`<${url}/acme/jira/n?a,b>; rel=next`);
    expect(answer).toContain('<https://other.example/x>; rel=preload');
    expect(answer).not.toMatch(/secret-token-1|cookie/i);
  });

  it('without end do not fill the memory of a client that does not read', async () => {
    const { whole } = await world((socket) =>
      socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(500) + FINAL),
    );
    expect(statuses(await whole())).toHaveLength(51);
  });

  it('show that the upstream is at work: the two minutes begin anew', async () => {
    const clock = new FakeClock();
    let upstream: Socket | null = null;
    const { begin } = await world((socket) => (upstream = socket), { clock });
    const { answer } = begin('1.1', 'Content-Length: 0\r\n\r\n');
    const sent = (): Socket => upstream as unknown as Socket;
    await expect.poll(() => upstream !== null).toBe(true);
    for (let times = 1; times <= 3; times += 1) {
      await clock.advanceAsync(100_000);
      sent().write('HTTP/1.1 102 Processing\r\n\r\n');
      await expect.poll(() => statuses(answer()).length).toBe(times);
    }
    expect(statuses(answer())).toEqual([102, 102, 102]);
    await clock.advanceAsync(121_000);
    await expect.poll(() => statuses(answer())).toEqual([102, 102, 102, 504]);
  });
});

describe('502: no connection, or no valid answer; 504: waited for in vain (RFC 9110 §15.6.3, §15.6.5)', () => {
  const coded = (code: string): Error => Object.assign(new Error(code), { code });
  const url = new URL('https://up.example');
  it.each([
    ['ECONNREFUSED', coded('ECONNREFUSED'), 502, 'offline'],
    ['ENOTFOUND', coded('ENOTFOUND'), 502, 'offline'],
    ['EHOSTUNREACH', coded('EHOSTUNREACH'), 502, 'offline'],
    ['ENETUNREACH', coded('ENETUNREACH'), 502, 'offline'],
    ['no connection in time', coded('ETIMEDOUT'), 504, 'offline'],
    [
      'of several addresses, none in time',
      new AggregateError([coded('ETIMEDOUT'), coded('ETIMEDOUT')]),
      504,
      'offline',
    ],
    [
      'a proxy that does not answer',
      new NetworkFault({ kind: 'proxy-unreachable', proxy: 'p:1', code: 'ETIMEDOUT' }),
      504,
      'offline',
    ],
    [
      'a proxy that is not there',
      new NetworkFault({ kind: 'proxy-unreachable', proxy: 'p:1', code: 'ECONNREFUSED' }),
      502,
      'offline',
    ],
    [
      'a proxy that refuses',
      new NetworkFault({ kind: 'proxy-refused', proxy: 'p:1', status: 504, reason: 'x' }),
      502,
      'offline',
    ],
    ['a bad certificate', coded('CERT_HAS_EXPIRED'), 502, 'offline'],
    ['a reset', coded('ECONNRESET'), 502, 'temporary'],
    ['nonsense', coded('HPE_INVALID_CONSTANT'), 502, 'temporary'],
    ['an answer that is too late', new FetchLimitError('time', 'x'), 504, 'temporary'],
  ] as const)('%s', (_, fault, status, code) => {
    expect(faultAnswer(fault, url)).toMatchObject({ status, code });
  });

  it.each([
    ['refused', 403],
    ['offline', 502],
    ['timed-out', 504],
  ] as const)('a tunnel that is not made: %s', (code, status) => {
    expect(notReached({ code, message: 'x' })).toMatchObject({ status, code });
  });
});

describe('an upstream that answers before the body ends', () => {
  const BODY = 1 << 30;
  const TIMES = 15;

  /** A process of its own, so that its bytes can arrive while we write. */
  async function hastyUpstream(then: string): Promise<number> {
    const program = `require('node:net').createServer((s) => { s.on('error', () => {}); s.once('data', () => {
      s.pause(); s.write('HTTP/1.1 413 Too Large\\r\\nContent-Length: 9\\r\\n\\r\\ntoo large'); ${then} }); })
      .listen(0, '127.0.0.1', function () { process.send(this.address().port); })`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    ends.add({ dispose: () => void child.kill() });
    const [port] = (await once(child, 'message')) as [number];
    return port;
  }

  it.each([
    ['closes at once', 's.destroy()'],
    ['closes a little later', 'setTimeout(() => s.destroy(), 5)'],
    ['resets', 'setImmediate(() => s.resetAndDestroy())'],
    ['ends its side', 's.end()'],
    ['stays', ''],
  ])('and %s: the client gets that answer', async (_, then) => {
    const { begin, parts } = await behind(await hastyUpstream(then));
    const answers = new Map<string, number>();
    for (let times = 0; times < TIMES; times += 1) {
      const { socket, answer } = begin('1.1', `Content-Length: ${BODY}\r\n\r\n`);
      const chunk = Buffer.alloc(64 * 1024);
      const sending = setInterval(() => {
        // Whatever arrives meanwhile waits until after the next write.
        const until = performance.now() + 2;
        while (performance.now() < until);
        socket.write(chunk);
      }, 1);
      await expect.poll(answer, { interval: 5 }).toMatch(/\r\n\r\n[^]/);
      clearInterval(sending);
      socket.destroy();
      const line = answer().split('\r\n', 1)[0] ?? '';
      answers.set(line, (answers.get(line) ?? 0) + 1);
    }
    expect(Object.fromEntries(answers)).toEqual({ 'HTTP/1.1 413 Too Large': TIMES });
    await expect.poll(() => parts.consumers.underWay).toBe(0);
  });
});
