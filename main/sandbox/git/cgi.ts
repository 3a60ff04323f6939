import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

const MOST_HEADER_BYTES = 16 * 1024;

/** Answers a request by a program as RFC 3875 describes it; `env` are its variables. Rejects when it cannot. */
export async function runCgi(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      resolve();
    });
  });
  response.once('close', () => child.kill());
  // It may answer before the body ends.
  const fed = pipeline(incoming, child.stdin).catch(() => undefined);
  let head = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    if (response.headersSent) {
      if (!response.write(chunk)) await drained(response);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      writeHead(response, head.toString('latin1', 0, end));
      response.write(head.subarray(end + 4));
    } else if (head.byteLength > MOST_HEADER_BYTES) throw new Error(`${program} wrote no headers`);
  }
  await ended;
  await fed;
  if (!response.headersSent) throw new Error(`${program} answered nothing`);
  response.end();
}

/** `Status: 404 Not Found` is the status (RFC 3875 §6.3.3). */
function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  const headers: [string, string][] = [];
  for (const line of head.split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') headers.push([name, value]);
  }
  response.writeHead(status, Object.fromEntries(headers));
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
