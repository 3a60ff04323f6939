import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { BrowserContext, Page } from 'playwright-core';
import { WindowPages } from './pages/window-pages.ts';
import { DESKTOP_VARIABLE, type AppCalls, type Desktop, type PageCalls, type WireMessage } from './wire.ts';
import { createWireLink, type Remote } from './wire-link.ts';

export interface StandInOptions {
  /** The compiled program. */
  entry: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where windows are shown; none for a start that must not show any. */
  context: BrowserContext | null;
  desktop?: Partial<Desktop>;
}

/** The compiled Electron program under plain Node, with the stand-in for `electron`. */
export class StandIn {
  readonly process: ChildProcess;
  /** What a person, the system and the test can do with it. */
  readonly app: Remote<AppCalls>;
  readonly pages: WindowPages | null;
  /** The exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Everything it wrote. */
  output = '';

  private constructor({ entry, args, env, context, desktop }: StandInOptions) {
    this.process = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        // As Electron sets it for its main process.
        '--unhandled-rejections=warn-with-error-code',
        '--import',
        path.join(import.meta.dirname, 'register.ts'),
        entry,
        ...args,
      ],
      {
        env: { ...env, [DESKTOP_VARIABLE]: JSON.stringify(desktop ?? {}) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        serialization: 'advanced',
      },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    }
    // Both ends need the other: what arrives before this function has ended is not delivered yet.
    let pages: WindowPages | null = null;
    const link = createWireLink<AppCalls, PageCalls>(
      (message) => {
        if (this.process.connected) this.process.send(message, () => undefined);
      },
      new Proxy({} as WindowPages['answers'], {
        get: (_, name) => (pages?.answers as Record<string | symbol, unknown> | undefined)?.[name],
      }),
    );
    this.app = link.theirs;
    pages = context === null ? null : new WindowPages(context, this.app);
    this.pages = pages;
    this.process.on('message', (message) => {
      link.receive(message as WireMessage);
    });
    // A message to a program that has just ended; `ended` tells of that.
    this.process.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => {
        link.end(`The program has ended (${signal ?? code ?? ''}).\n${this.output}`);
        resolve(signal ?? code ?? -1);
      });
    });
  }

  static async start(options: StandInOptions): Promise<StandIn> {
    const standIn = new StandIn(options);
    await standIn.pages?.start();
    return standIn;
  }

  /** The page of the window that is on the screen; null when none is. */
  async window(): Promise<Page | null> {
    const shown = (await this.app.windows()).find(({ visible }) => visible);
    if (!shown || !this.pages) return null;
    return (await this.pages.window(shown.id)).page;
  }

  /** Ends it as the system would at logging out, and hard if that does not help. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    const killing = setTimeout(() => this.process.kill('SIGKILL'), 8000);
    await this.ended;
    clearTimeout(killing);
  }
}
