import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';

/** Far longer than an echo takes; only a witness that somebody stopped needs it. */
const ECHO_LIMIT_MS = 1000;

/**
 * Tells a signal that went to our whole process group, as Ctrl-C at a terminal does, from one that was sent to us
 * alone. Node does not give the sender, so an idle process beside us does: a signal that ends it as well went to the
 * group, and when it still echoes a byte, the signal was ours alone.
 */
export class GroupWitness {
  #process: ChildProcess | null = null;
  #asked: Promise<unknown> = Promise.resolve();

  /** Null without a terminal: nobody else sends signals to a whole group in passing. */
  static start(): GroupWitness | null {
    if (!hasTerminal()) return null;
    const witness = new GroupWitness();
    witness.#process = spawnWitness();
    return witness;
  }

  /** Whether the group got this signal too. Only for signals that end a process which does not handle them. */
  groupGot(signal: NodeJS.Signals): Promise<boolean> {
    const answer = this.#asked.then(() => this.#ask(signal));
    this.#asked = answer;
    return answer;
  }

  /** A stopped witness answers nothing. */
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
        // One that could not be started saw nothing: these two come from the keyboard.
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

/** It ends with us, as its input does; its core would take the place of the command's. */
function spawnWitness(): ChildProcess {
  const witness = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: {},
  });
  witness.on('error', () => undefined);
  witness.stdin.on('error', () => undefined);
  witness.unref();
  // Sockets, whatever their types say; they must not keep us.
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
