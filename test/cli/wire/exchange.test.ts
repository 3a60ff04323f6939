import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange, probe, type ExchangeOptions } from '../../../cli/wire/exchange.ts';

describe('over a local socket', () => {
  let folder: string;
  let socket: string;
  let server: Server | null;
  const open = new Set<Socket>();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokentray-wire-'));
    socket = path.join(folder, 'api.sock');
    server = null;
  });
  afterEach(async () => {
    for (const one of open) one.destroy();
    open.clear();
    if (server) await new Promise((resolve) => server?.close(resolve));
    rmSync(folder, { recursive: true });
  });

  async function serve(answer: (socket: Socket, request: string) => void): Promise<void> {
    server = createServer((connection) => {
      open.add(connection);
      let request = '';
      connection.on('error', () => undefined);
      connection.on('data', (piece) => {
        request += piece.toString();
        answer(connection, request);
      });
    });
    await new Promise<void>((resolve) => server?.listen(socket, resolve));
  }

  const send = (options: Partial<ExchangeOptions> = {}, secret: string | null = null) =>
    exchange(
      { socket, secret },
      { method: 'POST', path: '/v1/status', body: '{"ä":1}' },
      { timeoutMs: 10_000, ...options },
    );

  it('sends one request with its length in bytes and gives the answer', async () => {
    let seen = '';
    await serve((connection, request) => {
      seen = request;
      if (request.endsWith('}')) connection.end('HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nhi');
    });
    expect(await send({}, 's3')).toEqual({ kind: 'answer', status: 201, body: Buffer.from('hi') });
    expect(seen).toBe(
      'POST /v1/status HTTP/1.1\r\nHost: tokentray\r\nConnection: close\r\nPrefer: processing\r\nAuthorization: Bearer s3\r\n' +
        'Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{"ä":1}',
    );
  });

  it('reads an answer of many megabytes', async () => {
    const body = Buffer.alloc(20_000_000, 'x');
    await serve((connection) => {
      connection.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      connection.end(body);
    });
    const end = await send();
    expect(end.kind === 'answer' && end.body.equals(body)).toBe(true);
  });

  it.each([
    ['at once', ''],
    ['in the head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"a'],
  ])('tells an answer that ends %s as cut', async (_when, text) => {
    await serve((connection) => connection.end(text));
    expect(await send()).toEqual({ kind: 'cut' });
  });

  it('tells a reset connection as cut', async () => {
    await serve((connection) => {
      connection.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{', () => connection.destroy());
    });
    expect(await send()).toEqual({ kind: 'cut' });
  });

  it('tells what is no HTTP as malformed', async () => {
    await serve((connection) => connection.write('220 mail.example ESMTP\r\n'));
    expect(await send()).toEqual({ kind: 'malformed' });
  });

  it('gives up on silence', async () => {
    await serve((connection) => connection.write('HTTP/1.1 200 OK\r\n'));
    expect(await send({ timeoutMs: 30 })).toEqual({ kind: 'silent' });
  });

  it('does not give up on an answer that keeps coming, however long it takes', async () => {
    await serve((connection) => {
      connection.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n');
      let sent = 0;
      const timer = setInterval(() => {
        connection.write('x');
        if (++sent === 8) clearInterval(timer);
      }, 50);
    });
    expect(await send({ timeoutMs: 300 })).toMatchObject({ kind: 'answer' });
  });

  it('says with the system’s code that nothing listens', async () => {
    expect(await send()).toEqual({ kind: 'unreachable', code: 'ENOENT' });
    expect(await probe(socket)).toBe('ENOENT');
    await serve(() => undefined);
    expect(await probe(socket)).toBeNull();
  });

  it('ends when told to, before and during', async () => {
    expect(await send({ signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
    const abort = new AbortController();
    await serve(() => {
      abort.abort();
    });
    expect(await send({ signal: abort.signal })).toEqual({ kind: 'aborted' });
  });

  it('hands a stream on as it comes and rejects with what its listener throws', async () => {
    await serve((connection) => connection.write('HTTP/1.1 200 OK\r\n\r\none'));
    const seen: string[] = [];
    const stream = {
      onOpen: () => seen.push('open'),
      onPiece: (piece: Buffer) => {
        seen.push(piece.toString());
        throw new Error('enough');
      },
    };
    await expect(send({ stream })).rejects.toThrow('enough');
    expect(seen).toEqual(['open', 'one']);
  });
});
