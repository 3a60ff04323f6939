import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface TokenEndpoint {
  /** Origin; every path is the endpoint. */
  readonly url: string;
  /** Since it was last asked. */
  counts(): Promise<{ requests: number; most: number }>;
  stop(): Promise<void>;
}

/** Starts a token endpoint that takes `delayMs` for an answer, in a process of its own. */
export async function startTokenEndpoint(delayMs: number): Promise<TokenEndpoint> {
  const file = path.join(import.meta.dirname, 'token-endpoint-process.ts');
  const child = spawn(process.execPath, [file, String(delayMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    counts: async () => (await (await fetch(url)).json()) as { requests: number; most: number },
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}
