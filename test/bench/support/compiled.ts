import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FLAGS, cc } from '../../../build/native.ts';

/** Compiles a C program as the native client is; throws where it cannot be. Gives its file. */
export async function compiled(folder: string, name: string, source: string): Promise<string> {
  const program = path.join(folder, name);
  const link = process.platform === 'linux' ? ['-static-pie', '-s'] : [];
  const failure = await cc([...FLAGS, ...link, '-o', program, source]);
  if (failure !== null) throw new Error(failure);
  return program;
}

/** A C program that does nothing. */
export function emptyProgram(folder: string): Promise<string> {
  const source = path.join(folder, 'empty.c');
  writeFileSync(source, 'int main(void) { return 0; }\n');
  return compiled(folder, 'empty', source);
}

/** Milliseconds from the start to the end of each command, `rounds` times, one after the other in each round. */
export async function spawnTimes(
  folder: string,
  rounds: number,
  env: NodeJS.ProcessEnv,
  commands: readonly (readonly string[])[],
): Promise<number[][]> {
  const timer = await compiled(folder, 'spawn-timer', path.join(import.meta.dirname, 'spawn-timer.c'));
  const args = commands.flatMap((command) => ['---', ...command]);
  const child = spawn(timer, [String(rounds), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`a command that is timed failed`);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map((microseconds) => Number(microseconds) / 1000));
  return commands.map((_, index) => lines.map((line) => line[index] ?? Number.NaN));
}
