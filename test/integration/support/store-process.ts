import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { StoreCommand } from './store-child.ts';

const CHILD = path.join(import.meta.dirname, 'store-child.ts');

export interface StoreProcessOptions {
  /** How long `open` waits for the keychain. */
  timeoutMs?: number;
  /** A command that starts the process, such as `prlimit`. */
  prefix?: string[];
  /** `fixed`: the same key for every process, without a keychain. */
  keychain?: 'system' | 'fixed';
  /** In memory: nothing but the lock touches the folder. */
  session?: boolean;
}

/** A store in a process of its own. */
export class StoreProcess {
  readonly #child;
  readonly #answers;
  #stderr = '';

  constructor(home: string, env: NodeJS.ProcessEnv, options: StoreProcessOptions = {}) {
    const [command, ...arguments_] = [
      ...(options.prefix ?? []),
      process.execPath,
      CHILD,
      home,
      String(options.timeoutMs ?? 10_000),
      options.keychain ?? 'system',
      options.session === true ? 'session' : 'files',
    ];
    this.#child = spawn(command, arguments_, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async do<T>(command: StoreCommand): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    return this.next<T>();
  }

  /** The next line that it writes. */
  async next<T>(): Promise<T> {
    const line = await this.#answers.next();
    if (line.done === true) throw new Error(`the process ended: ${this.#stderr}`);
    return JSON.parse(line.value) as T;
  }

  /** The lines that it wrote before it ended. */
  rest(): AsyncIterable<string> {
    return { [Symbol.asyncIterator]: () => this.#answers };
  }

  /** Lets it end by itself; gives its exit code. */
  async exit(): Promise<number | null> {
    const exited = once(this.#child, 'exit');
    await this.do({ do: 'exit' });
    this.#child.stdin.end();
    const [code] = (await exited) as [number | null];
    return code;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
