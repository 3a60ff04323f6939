// A token endpoint in a process of its own: answers each POST with new tokens, after argv[2] ms. GET gives, and
// forgets, how many requests there were and how many were in flight at once.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const delayMs = Number(process.argv[2] ?? '0');
let inFlight = 0;
let most = 0;
let requests = 0;
const token = (kind: string): string => `${kind}-${requests}-${kind.repeat(200)}`;

function answer(response: ServerResponse): void {
  const body = JSON.stringify({
    access_token: token('access'),
    refresh_token: token('refresh'),
    expires_in: 3600,
    token_type: 'Bearer',
    scope: 'read:jira-work offline_access',
  });
  inFlight -= 1;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ most, requests }));
    most = 0;
    requests = 0;
    return;
  }
  inFlight += 1;
  requests += 1;
  most = Math.max(most, inFlight);
  request.resume().on('end', () => {
    if (delayMs === 0) answer(response);
    else setTimeout(answer, delayMs, response);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
