import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const FILE = path.join(import.meta.dirname, 'gateway-process.ts');

export interface Started {
  port: number;
  /** Empty where it takes none. */
  key: string;
  /** PEM; empty where it has none. */
  ca: string;
  stop: () => Promise<void>;
}

/** Starts a process of the gateway's figures; see there for the roles. */
export async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [FILE, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { port, key = '', ca = '' } = JSON.parse(line) as { port: number; key?: string; ca?: string };
  return {
    port,
    key,
    ca,
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}
