import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import process from 'node:process';
import { CALLS, type CallInput, type CallName, type CallOutput } from '../../contract/calls.ts';
import { pipeSecretFile } from '../../contract/paths.ts';
import { callerBus, SESSION_BUS_HEADER } from '../../contract/session-bus.ts';
import { distrust } from './trusted-socket.ts';

const TIME_LIMIT_MS = 5000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Calls the app that holds the data folder, so that a second start can hand over to it; null if none answers. */
export function askRunningApp<K extends CallName>(
  address: string,
  home: string,
  call: K,
  input: CallInput<K>,
): Promise<CallOutput<K> | null> {
  if (distrust(address, home) !== null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const body = JSON.stringify(input);
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const bus = callerBus(process.platform, process.env);
    if (bus !== null) headers[SESSION_BUS_HEADER] = bus;
    if (process.platform === 'win32') {
      try {
        headers['authorization'] = `Bearer ${readFileSync(pipeSecretFile(home, process.platform), 'utf8')}`;
      } catch {
        resolve(null);
        return;
      }
    }
    const sent = request(
      { socketPath: address, path: `/v1/${call}`, method: 'POST', headers, timeout: TIME_LIMIT_MS },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) sent.destroy();
        });
        response.on('error', () => {
          resolve(null);
        });
        response.on('end', () => {
          try {
            const answer = CALLS[call].output.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
            resolve(response.statusCode === 200 && answer.success ? (answer.data as CallOutput<K>) : null);
          } catch {
            resolve(null);
          }
        });
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => {
      resolve(null);
    });
    sent.end(body);
  });
}
