import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a Node HTTP server on a Unix socket, in a process of its own, whose answers have a body of `length` bytes. */
export async function startBareSocketServer(
  length: number,
): Promise<{ socket: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-bare-'));
  const socket = path.join(folder, 'api.sock');
  const file = path.join(import.meta.dirname, 'bare-socket-server-process.ts');
  const child = spawn(process.execPath, [file, socket, String(length)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  return {
    socket,
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}
