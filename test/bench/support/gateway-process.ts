// One process of the gateway's figures, by argv[2]:
//   upstream        answers every request with 1 KB
//   bare PORT       a reverse proxy to that port, with Node's own means and nothing else
//   gateway PORT    the gateway, with one connection to that port
//   proxy PORT      the proxy of a run with that connection, which plays https://api.atlassian.com there
// Prints its port, for gateway and proxy a key, and for the proxy its certificates, as JSON. Ends with its stdin.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDial } from '../../../main/gateway/proxy/dial.ts';
import { createRunProxies } from '../../../main/gateway/runs/run-proxies.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { gatewayParts, portOf } from '../../fakes/gateway-parts.ts';

const [, , role, upstream = ''] = process.argv;
const BODY = JSON.stringify({ filler: 'x'.repeat(1000) });

async function start(): Promise<object> {
  if (role === 'gateway' || role === 'proxy') {
    const parts = gatewayParts();
    const { consumers, doors, store, registry } = parts;
    // What thousands of requests have left behind is not measured here.
    consumers.traffic.record = () => undefined;
    const site = `http://127.0.0.1:${upstream}`;
    const { id: connection } = parts.connect('acme', site, 'a-token');
    const { key, id } = consumers.key();
    if (role === 'gateway') return { port: Number(new URL(await parts.url()).port), key };
    const home = mkdtempSync(path.join(tmpdir(), 'tokentray-bench-proxy-'));
    process.on('exit', () => {
      rmSync(home, { recursive: true });
    });
    const proxies = createRunProxies({
      ...{
        relay: doors.relay,
        traffic: consumers.traffic,
        store,
        registry,
        home,
        dial: createDial({ tunnel: (_, direct) => direct() }),
      },
      consumers: {
        authenticate: (given) => consumers.authenticate(given),
        get: (wanted) => consumers.list().find((consumer) => consumer.id === wanted) ?? null,
        onRemoved: consumers.onRemoved,
      },
      systemAuthorities: () => Promise.resolve([]),
      services: {
        played: (host) => (host === 'api.atlassian.com' ? { url: site, signsIn: false } : null),
        playedHosts: ['api.atlassian.com'],
        realAddress: (address) => address,
      },
      clock: systemClock,
      logger: silentLogger,
    });
    const started = await proxies.start(id, [connection], true);
    if (!started.ok) throw new Error(started.error.message);
    const { port, bundle } = started.value;
    return { port, key, ca: readFileSync(bundle, 'utf8') };
  }
  if (role === 'bare') {
    const agent = new Agent({ keepAlive: true });
    const server = createServer((request, response) => {
      const sent = httpRequest(
        {
          agent,
          host: '127.0.0.1',
          port: upstream,
          path: request.url,
          method: request.method,
          headers: request.headers,
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      sent.on('error', () => response.destroy());
      request.pipe(sent);
    });
    return { port: await portOf(server) };
  }
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(BODY),
    });
    response.end(BODY);
  });
  return { port: await portOf(server) };
}

process.stdout.write(`${JSON.stringify(await start())}\n`);
process.stdin.resume().on('end', () => process.exit(0));
