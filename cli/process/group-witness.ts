import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';

/** Far longer than an echo takes; reached only if the witness process is stopped. */
const ECHO_LIMIT_MS = 1000;

/**
 * Distinguishes a signal to our whole process group, such as Ctrl-C at a terminal, from one to this process alone. Node
 * does not report the sender, so an idle process in the group serves as witness: if the signal ends it too, the signal
 * went to the group; if it still echoes a byte, the signal was for this process alone.
 */
export class GroupWitness {
  #process: ChildProcess | null = null;
  #asked: Promise<unknown> = Promise.resolve();

  /** Null without a terminal: usually only a terminal sends signals to the whole group. */
  static start(): GroupWitness | null {
    if (!hasTerminal()) return null;
    const witness = new GroupWitness();
    witness.#process = spawnWitness();
    return witness;
  }

  /** Whether the whole group received this signal. Only for signals that end a process that does not handle them. */
  groupGot(signal: NodeJS.Signals): Promise<boolean> {
    const answer = this.#asked.then(() => this.#ask(signal));
    this.#asked = answer;
    return answer;
  }

  /** A stopped witness does not answer. */
  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  dispose(): void {
    const process = this.#process;
    this.#process = null;
    process?.kill('SIGKILL');
  }

  #ask(signal: NodeJS.Signals): Promise<boolean> {
    const process = this.#process;
    if (process === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const answer = (got: boolean): void => {
        clearTimeout(limit);
        process.removeAllListeners('exit');
        process.stdout?.removeAllListeners('data');
        resolve(got);
      };
      const gone = (): void => {
        if (this.#process === process) this.#process = spawnWitness();
        // A witness that could not be started knows nothing; these two signals usually come from the keyboard.
        answer(process.pid !== undefined || signal === 'SIGINT' || signal === 'SIGQUIT');
      };
      const limit = setTimeout(() => {
        answer(false);
      }, ECHO_LIMIT_MS);
      if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) {
        gone();
        return;
      }
      process.once('exit', gone);
      process.stdout?.once('data', () => {
        answer(false);
      });
      process.stdin?.write('.');
    });
  }
}

/** It ends with this process, because its input then ends. No core dump: it would replace that of the command. */
function spawnWitness(): ChildProcess {
  const witness = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: {},
  });
  witness.on('error', () => undefined);
  witness.stdin.on('error', () => undefined);
  witness.unref();
  // Sockets, whatever their types say; they must not keep this process alive.
  for (const stream of [witness.stdin, witness.stdout]) (stream as unknown as Socket).unref();
  return witness;
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
