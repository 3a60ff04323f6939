import { spawn } from 'node:child_process';

/** Runs a command to its end. `input`: what it reads; without, there is nothing to read. */
export function run(
  command: string,
  args: readonly string[],
  {
    input,
    ...options
  }: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string; uid?: number; gid?: number },
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
    // A command that ends before it has read anything is no fault.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}
