import type { PathEnvironment } from '../contract/paths.ts';
import type { Look } from '../contract/socket-trust.ts';

/** Where text goes. `write` throws OutputClosed when nobody reads any more, else OutputFailed when it cannot. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** The reader of our output has gone, as with `| head`: no fault, nothing to say. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Our output could not be written, as on a full disk. `code` is the system's. */
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
  /** The next line, without its end; null when there are no more. A line that nobody waits for is kept.
   * What a person types after this was called is taken whole, however long. */
  readLine(): Promise<string | null>;
  /** A line that is not shown while typed; only where `isTTY`. */
  readHidden(): Promise<string | null>;
  readAll(): Promise<string>;
}

export interface Clock {
  /** Epoch ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How a command that was run ended; `not-started` with the system's code, such as `ENOENT`. */
export type ChildEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly code: string };

export interface Child {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In the background: what it writes to stdout is collected, and it writes nothing once it runs. */
  readonly says?: true;
  /** A folder to run it in instead of ours. */
  readonly cwd?: string;
}

/** Everything that a command meets outside itself, so that tests can put their own in its place. */
export interface Context {
  readonly paths: PathEnvironment;
  /** Null when it was deleted. */
  readonly cwd: string | null;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly clock: Clock;
  /** How long an answer of the app may be silent. */
  readonly callTimeoutMs: number;
  /** The major version of the Node that runs us, and would run the browser host. */
  readonly nodeMajor: number;
  /** The program and first arguments that start the app, and the file that has to be there for it. */
  readonly serve: {
    readonly host: 'browser' | 'electron';
    readonly program: string;
    readonly args: readonly string[];
    readonly file: string;
  };
  exists(file: string): boolean;
  /** What is at a path, links not followed. */
  readonly look: Look;
  /** The same file without links in its path; null when it is not there. */
  readonly realPath: (file: string) => string | null;
  /** Null when it cannot be read. */
  readText(file: string): string | null;
  /** Runs a command with our streams and signals until it ends. */
  runChild(child: Child): Promise<ChildEnd>;
  /** Starts a process that outlives us. `ended` resolves if it ends while we look; `said`: what it has written by then. */
  startBackground(child: Child): { readonly ended: Promise<ChildEnd>; readonly said: () => string };
  /**
   * Calls once on Ctrl-C, or another signal that asks us to end, instead of ending; gives what takes the listener back.
   * `main` then ends by that signal.
   */
  onInterrupt(listener: () => void): () => void;
  /** The signal that `onInterrupt` told of; null while there was none. */
  readonly interruptedBy: NodeJS.Signals | null;
  /** Ends this process as a signal would. Comes back where there are no signals. */
  endBySignal(signal: NodeJS.Signals): void;
}
