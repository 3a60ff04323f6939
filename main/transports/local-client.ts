import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import process from 'node:process';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import { pipeSecretFile } from '../../contract/paths.ts';

const TIME_LIMIT_MS = 5000;

/** Asks the app that owns the data folder, so that a second start can hand over to it; null when none answers. */
export function askRunningApp<K extends CallName>(
  address: string,
  home: string,
  call: K,
  input: CallInput<K>,
): Promise<CallOutput<K> | null> {
  return new Promise((resolve) => {
    const body = JSON.stringify(input);
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
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
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => {
          resolve(null);
        });
        response.on('end', () => {
          try {
            const answer = JSON.parse(Buffer.concat(chunks).toString('utf8')) as CallOutput<K>;
            resolve(response.statusCode === 200 ? answer : null);
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
