import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { GroupWitness } from './group-witness.ts';

/**
 * Not passed on: the first two cannot be caught, the system sends the third for our own child, and the rest report a fault
 * in this process, which must not continue.
 */
const OURS = ['KILL', 'STOP', 'CHLD', 'BUS', 'FPE', 'ILL', 'SEGV', 'SYS', 'TRAP', 'EMT', 'XFSZ'];
/** They stop a process that does not handle them; the shell then waits for this process to stop, not for the command. */
const STOPPING = ['TSTP', 'TTIN', 'TTOU'];
/** They do no harm if received twice, and end no process. */
const HARMLESS = ['CONT', 'WINCH', 'URG', 'INFO'];

/** When to check whether a command has stopped, ms after the signal. Some restore the screen first. */
const STOP_CHECKS_MS = [10, 50, 200, 500, 1000];

export interface SignalWays {
  /** Passed on to the command unless the whole group received it. */
  readonly ending: readonly NodeJS.Signals[];
  readonly stopping: readonly NodeJS.Signals[];
  readonly harmless: readonly NodeJS.Signals[];
}

/** How each of the system's signals (`os.constants.signals`) is handled; each is listed once, even if it has two names. */
export function signalWays(signals: Readonly<Record<string, number>>): SignalWays {
  const name = (short: string): string => `SIG${short}`;
  const numbers = (names: readonly string[]): (number | undefined)[] =>
    names.map((short) => signals[name(short)]);
  const ours = numbers(OURS);
  const [stopping, harmless] = [numbers(STOPPING), numbers(HARMLESS)];
  const byNumber = new Map<number, NodeJS.Signals>();
  for (const [signal, number] of Object.entries(signals)) {
    if (!ours.includes(number) && !byNumber.has(number)) byNumber.set(number, signal as NodeJS.Signals);
  }
  const passed = [...byNumber];
  const named = (test: (number: number) => boolean): NodeJS.Signals[] =>
    passed.filter(([number]) => test(number)).map(([, signal]) => signal);
  return {
    ending: named((number) => !stopping.includes(number) && !harmless.includes(number)),
    stopping: named((number) => stopping.includes(number)),
    harmless: named((number) => harmless.includes(number)),
  };
}

/** The command that signals go to. */
export interface Target {
  readonly pid?: number | undefined;
  kill(signal: NodeJS.Signals): boolean;
}

/**
 * Passes every signal that this process receives on to `target`, which is looked up when a signal arrives. Returns a
 * function that ends this. A signal to the whole process group has already reached the command; many tools abort when they
 * receive it twice; one with a session of its own (`ownSession`) is never in the group. When the command stops, this process stops too, so that the shell notices; see docs/decisions/0010.
 */
export function passSignals(target: () => Target | null, ownSession = false): () => void {
  if (process.platform === 'win32') return ignoreConsole();
  const { ending, stopping, harmless } = signalWays(constants.signals);
  const witness = ownSession ? null : GroupWitness.start();
  const listeners: [NodeJS.Signals, () => void][] = [];
  const listen = (signals: readonly NodeJS.Signals[], act: (signal: NodeJS.Signals) => void): void => {
    for (const signal of signals) {
      const listener = (): void => {
        act(signal);
      };
      process.on(signal, listener);
      listeners.push([signal, listener]);
    }
  };
  const pass = (signal: NodeJS.Signals): void => {
    target()?.kill(signal);
  };
  listen(ending, (signal) => {
    if (witness === null) pass(signal);
    else
      void witness.groupGot(signal).then((got) => {
        if (!got) pass(signal);
      });
  });
  listen(harmless, (signal) => {
    if (signal === 'SIGCONT') witness?.resume();
    pass(signal);
  });
  listen(stopping, (signal) => {
    void stopWithCommand(signal, target, () => {
      stopBy(signal);
    });
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    witness?.dispose();
  };
}

/** Windows notifies every process of the console itself, and has no other signals to pass on. */
function ignoreConsole(): () => void {
  const nothing = (): void => undefined;
  for (const signal of ['SIGINT', 'SIGBREAK'] as const) process.on(signal, nothing);
  return () => {
    for (const signal of ['SIGINT', 'SIGBREAK'] as const) process.off(signal, nothing);
  };
}

async function stopWithCommand(
  signal: NodeJS.Signals,
  target: () => Target | null,
  stop: () => void,
): Promise<void> {
  let passed = false;
  let waited = 0;
  for (const at of STOP_CHECKS_MS) {
    await new Promise((resolve) => setTimeout(resolve, at - waited));
    waited = at;
    const command = target();
    if (command?.pid === undefined) return;
    if (isStopped(command.pid)) {
      stop();
      return;
    }
    if (!passed) command.kill(signal);
    passed = true;
  }
}

/** Lets the signal take its default action on this process. */
function stopBy(signal: NodeJS.Signals): void {
  const listeners = process.listeners(signal);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // The process was stopped before this line, and has now been continued.
  for (const listener of listeners) process.on(signal, listener);
}

function isStopped(pid: number): boolean {
  try {
    const state =
      process.platform === 'linux'
        ? // The name before it is the command's own and may contain anything.
          /\) (\S)[^)]*$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
        : execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return state?.startsWith('T') === true;
  } catch {
    return false;
  }
}
