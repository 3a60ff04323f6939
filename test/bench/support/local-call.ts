import { connect } from 'node:net';

/** A call as the bytes of its request, which are ASCII when its input is. */
export function localCallText(call: string, input: object, connection: 'close' | 'keep-alive'): string {
  const body = JSON.stringify(input);
  return (
    `POST /v1/${call} HTTP/1.1\r\nHost: tokentray\r\nConnection: ${connection}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/**
 * One call on the local socket, on a connection of its own, without a client library. Null when nothing listens
 * there yet; throws when the call fails.
 */
export function localCall(socket: string, call: string, input: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const link = connect(socket);
    let answer = '';
    let connected = false;
    link.setEncoding('utf8');
    link.on('connect', () => {
      connected = true;
      link.write(localCallText(call, input, 'close'));
    });
    link.on('data', (piece: string) => (answer += piece));
    link.on('error', (fault) => {
      if (connected) reject(fault);
      else resolve(null);
    });
    link.on('end', () => {
      if (answer.startsWith('HTTP/1.1 200 ')) {
        resolve(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)));
      } else reject(new Error(`${call} failed: ${answer.slice(0, 15)}`));
    });
  });
}
