// Serves a page with one line of text, as a floor for the window: same kind of server, same headers, nothing to load.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PAGE_HEADERS } from '../../../main/hosts/page-headers.ts';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Blank</title><link rel="icon" href="data:,"><p>Tokentray</p></html>';

const server = createServer((_request, response) => {
  // One of them, cross-origin-opener-policy, has the browser change to a new process before it paints.
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(PAGE),
    'cache-control': 'no-store',
  });
  response.end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
