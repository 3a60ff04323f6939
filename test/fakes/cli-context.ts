import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { socketPath } from '../../contract/paths.ts';
import type { Look } from '../../contract/socket-trust.ts';
import type { Child, ChildEnd, Context, Input, Output, RunningChild } from '../../cli/context.ts';
import { main } from '../../cli/main.ts';
import { look, realPath } from '../../cli/process/look.ts';

class Captured implements Output {
  isTTY = false;
  columns: number | null = null;
  text = '';
  write(text: string): void {
    this.text += text;
  }
}

/** Lines that a person types; `type` may be called before or after somebody waits. */
export class ScriptedInput implements Input {
  isTTY = false;
  hiddenReads = 0;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  #ended = false;

  type(...lines: string[]): void {
    for (const line of lines) {
      const next = this.#waiting.shift();
      if (next) next(line);
      else this.#lines.push(line);
    }
  }

  end(): void {
    this.#ended = true;
    for (const next of this.#waiting.splice(0)) next(null);
  }

  readLine(): Promise<string | null> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  readHidden(): Promise<string | null> {
    this.hiddenReads++;
    return this.readLine();
  }

  async readAll(): Promise<string> {
    let text = '';
    for (let line = await this.readLine(); line !== null; line = await this.readLine()) text += line + '\n';
    return text;
  }
}

/** A command that runs until it is stopped, or told by a test how to end. */
export class FakeRunning implements RunningChild {
  readonly child: Child;
  readonly ended: Promise<ChildEnd>;
  end: (end: ChildEnd) => void = () => undefined;
  interrupted = false;
  stops = 0;
  onStop: () => void = () => {
    this.end({ kind: 'killed', signal: 'SIGTERM' });
  };

  constructor(child: Child) {
    this.child = child;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  async stop(): Promise<void> {
    this.stops += 1;
    this.onStop();
    await this.ended;
  }
}

/** A command line with a home of its own, whose streams, clock and processes a test holds. */
export class CliContext implements Context {
  readonly home = mkdtempSync(path.join(tmpdir(), 'tokentray-cli-'));
  readonly env: Record<string, string | undefined> = { TOKENTRAY_HOME: this.home };
  readonly paths = { platform: 'linux', env: this.env, homedir: this.home, uid: 1000 };
  cwd: string | null = '/work';
  readonly stdout = new Captured();
  readonly stderr = new Captured();
  readonly stdin = new ScriptedInput();
  callTimeoutMs = 10_000;
  now = Date.parse('2026-11-22T09:00:00.000Z');
  /** Passes as soon as it is asked for. */
  readonly clock = {
    now: () => this.now,
    sleep: (ms: number) => {
      this.now += ms;
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
  serve: Context['serve'] = {
    host: 'browser',
    program: '/usr/bin/node',
    args: ['/app/main/serve.js'],
    file: path.join(this.home, 'serve.js'),
  };
  program = 'tokentray';
  self = { program: '/usr/bin/node', file: '/app/cli/tokentray.cjs' };
  nodeMajor = 24;
  installed = true;
  readonly children: Child[] = [];
  readonly background: Child[] = [];
  onRunChild: (child: Child) => ChildEnd | Promise<ChildEnd> = () => ({ kind: 'exited', code: 0 });
  onStartBackground: (child: Child) => Promise<ChildEnd> = () => new Promise(() => undefined);
  readonly interrupts = new Set<() => void>();

  get socket(): string {
    return socketPath(this.home, this.paths);
  }

  /** Paths that somebody else made, with who did. */
  readonly owners = new Map<string, number>();

  look = (file: string): ReturnType<Look> => {
    const found = look(file);
    if (typeof found === 'string') return found;
    // The tests may be run by anybody; what they make is the person's.
    const uid = this.owners.get(file) ?? (file.startsWith(this.home) ? this.paths.uid : 0);
    return { ...found, uid };
  };

  realPath = realPath;

  exists(file: string): boolean {
    return file === this.serve.file ? this.installed : existsSync(file);
  }

  readText(file: string): string | null {
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  runChild(child: Child): Promise<ChildEnd> {
    this.children.push(child);
    return Promise.resolve(this.onRunChild(child));
  }

  async readGiven(file: string): Promise<{ text: string } | { code: string }> {
    return Promise.resolve(existsSync(file) ? { text: readFileSync(file, 'utf8') } : { code: 'ENOENT' });
  }

  /** Children that can be stopped, as long as a test has not ended them. */
  readonly started: FakeRunning[] = [];

  startChild(child: Child): Promise<RunningChild> {
    const running = new FakeRunning(child);
    this.started.push(running);
    return Promise.resolve(running);
  }

  output = '';

  startBackground(child: Child): { ended: Promise<ChildEnd>; output: () => string } {
    this.background.push(child);
    return { ended: this.onStartBackground(child), output: () => this.output };
  }

  onInterrupt(listener: () => void): () => void {
    this.interrupts.add(listener);
    return () => this.interrupts.delete(listener);
  }

  interruptedBy: NodeJS.Signals | null = null;
  /** The signals that it would have ended by. */
  readonly endedBy: NodeJS.Signals[] = [];

  endBySignal(signal: NodeJS.Signals): void {
    this.endedBy.push(signal);
  }

  interrupt(): void {
    this.interruptedBy = 'SIGINT';
    for (const listener of this.interrupts) listener();
  }

  /** A person sits at it; so many cells wide, or nobody knows how wide. */
  atTerminal(columns: number | null = null): this {
    this.stdout.columns = this.stderr.columns = columns;
    this.stdout.isTTY = this.stderr.isTTY = this.stdin.isTTY = true;
    this.env['NO_COLOR'] = '1';
    return this;
  }

  /** Runs a command line. */
  async run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    this.stdout.text = this.stderr.text = '';
    const code = await main(argv, this);
    return { code, out: this.stdout.text, err: this.stderr.text };
  }

  /** Runs it with --json and gives the documents. */
  async json(...argv: string[]): Promise<{ code: number; documents: unknown[]; err: string }> {
    const { code, out, err } = await this.run('--json', ...argv);
    const lines = out.split('\n');
    if (lines.pop() !== '') throw new Error('the last line does not end');
    return { code, documents: lines.map((line): unknown => JSON.parse(line)), err };
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
