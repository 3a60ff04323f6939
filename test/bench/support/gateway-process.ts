// One process of the gateway's figures, by argv[2]:
//   upstream        answers every request with 1 KB
//   bare PORT       a reverse proxy to that port, with Node's own means and nothing else
//   gateway PORT    the gateway, with one connection to that port
// Prints its port, and for the gateway a key, as JSON. Ends with its stdin.
import { Agent, createServer, request as httpRequest } from 'node:http';
import { gatewayParts, portOf } from '../../fakes/gateway-parts.ts';

const [, , role, upstream = ''] = process.argv;
const BODY = JSON.stringify({ filler: 'x'.repeat(1000) });

async function start(): Promise<object> {
  if (role === 'gateway') {
    const parts = gatewayParts();
    // What thousands of requests have left behind is not measured here.
    parts.consumers.traffic.record = () => undefined;
    parts.connect('acme', `http://127.0.0.1:${upstream}`, 'a-token');
    const { key } = parts.consumers.key();
    return { port: Number(new URL(await parts.url()).port), key };
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
