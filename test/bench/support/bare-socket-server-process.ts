// Listens on the Unix socket argv[2] and answers each request with argv[3] bytes, once it has read its body.
import { createServer } from 'node:http';

const [, , socket = '', length = '0'] = process.argv;
const BODY = 'x'.repeat(Number(length));

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(BODY),
    });
    response.end(BODY);
  });
});
server.listen(socket, () => {
  process.stdout.write('listening\n');
});
process.stdin.resume().on('end', () => process.exit(0));
