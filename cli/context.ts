import type { PathEnvironment } from '../contract/paths.ts';
import type { Look } from '../contract/socket-trust.ts';
import type { Begun } from './wire/exchange.ts';

/** Where text goes. `write` throws OutputClosed when the reader is gone, OutputFailed when writing fails otherwise. */
export interface Output {
  readonly isTTY: boolean;
  /** Of a terminal; null where there is none, or it does not say. */
  readonly columns: number | null;
  write(text: string): void;
}

/** The reader of our output is gone, as with `| head`. Not an error, so nothing is reported. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Our output could not be written, for example because the disk is full. `code` is the system's. */
export class OutputFailed extends Error {
  override readonly name = 'OutputFailed';
  readonly code: string;
  constructor(code: string) {
    super(`writing failed (${code})`);
    this.code = code;
  }
}

/** What a person types or a script pipes in. */
export interface Input {
  readonly isTTY: boolean;
  /** The next line without its line break; null at the end of the input. Lines that arrive early are kept.
   * From this call on, lines are read completely, however long they are. */
  readLine(): Promise<string | null>;
  /** A line that is not echoed while it is typed; only if `isTTY`. */
  readHidden(): Promise<string | null>;
  readAll(): Promise<string>;
}

export interface Clock {
  /** Epoch ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How a child process ended; `not-started` carries the system's code, such as `ENOENT`. */
export type ChildEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly code: string };

export interface Child {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In the background: collects its stdout. Only for programs that write nothing once they are up. */
  readonly captureOutput?: true;
  /** The working folder, if not ours. */
  readonly cwd?: string;
  /** It begins a session of its own, so that no signal of a terminal reaches it but through us. */
  readonly ownSession?: boolean;
  /** Secrets that are replaced in what it prints, which then goes through pipes. */
  readonly mask?: readonly string[];
}

/** A command that can be ended and started again. It leads a process group of its own. */
export interface RunningChild {
  readonly ended: Promise<ChildEnd>;
  /** It was sent a signal by which people end a program, and not by us. */
  readonly interrupted: boolean;
  /** Ends it and all that it started: asks them to, and kills what is left after `limitMs`. */
  stop(limitMs: number): Promise<void>;
}

/** Everything outside a command that it uses, so that tests can replace it. */
export interface Context {
  readonly paths: PathEnvironment;
  /** Null if it was deleted. */
  readonly cwd: string | null;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly clock: Clock;
  /** Longest wait without any bytes of an answer from the app. */
  readonly callTimeoutMs: number;
  /** The first call of the command, if the native client has made it. */
  readonly begun?: Begun | null;
  /** The major version of the Node that runs this process and would run the browser host. */
  readonly nodeMajor: number;
  /** What a person types to run this command line. */
  readonly program: string;
  /** The program and first arguments that start the app, and the file that must exist for it. */
  readonly serve: {
    readonly host: 'browser' | 'electron';
    readonly program: string;
    readonly args: readonly string[];
    readonly file: string;
  };
  /** What runs this command line: Node, and its file. */
  readonly self: { readonly program: string; readonly file: string };
  exists(file: string): boolean;
  /** What is at a path, links not followed. */
  readonly look: Look;
  /** The path with all links resolved; null if it does not exist. */
  readonly realPath: (file: string) => string | null;
  /** Null if it cannot be read. */
  readText(file: string): string | null;
  /** The content of a file that the person named, which may be a pipe, or the system's code for why it cannot be read. At most 1 MiB. */
  readGiven(file: string): Promise<{ readonly text: string } | { readonly code: string }>;
  /** Runs a command with our streams until it ends, and passes signals on to it. */
  runChild(child: Child): Promise<ChildEnd>;
  /** The same, and returns at once. */
  startChild(child: Child): Promise<RunningChild>;
  /** Starts a process that outlives this one. `ended` resolves if it ends first; `output` returns what it has written so far. */
  startBackground(child: Child): { readonly ended: Promise<ChildEnd>; readonly output: () => string };
  /**
   * Calls the listener once on Ctrl-C, or another signal that asks this process to end, instead of ending. Returns a
   * function that removes the listener. `main` ends by that signal afterwards.
   */
  onInterrupt(listener: () => void): () => void;
  /** The signal that `onInterrupt` reported; null if there was none. */
  readonly interruptedBy: NodeJS.Signals | null;
  /** Ends this process as the signal would. Returns only where there are no signals. */
  endBySignal(signal: NodeJS.Signals): void;
}
