import { pause } from '../../lib/pause.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PipeIdentity } from '../../store/records.ts';
import type { Opener } from '../open-files.ts';
import type { PipeSystem, PipeWaiter } from './pipe-system.ts';

/** Between two readers: whoever reads again and again costs a process each time, and sees where one answer ends. */
export const PAUSE_MS = 50;
/** Readers that are answered at once, at most; each has a pipe of its own. */
const MOST_AT_ONCE = 4;

export interface PipeServerParts {
  system: PipeSystem;
  clock: Clock;
  target: string;
  identity: PipeIdentity;
  /** Whether the pipe has to stay the same one, as somebody mounted it. */
  stays: () => boolean;
  /** What a reader gets. */
  content: () => Promise<Buffer>;
  onRead: (read: { readers: Opener[]; identity: PipeIdentity }) => void;
  /** The pipe is gone, or something else is in its place; the server has ended. */
  onLost: () => void;
}

/**
 * Gives each reader of a pipe what is current. As soon as one has opened it, the path gets a fresh pipe, so that who opens it meanwhile is not
 * given half of another's answer, or none.
 */
export class PipeServer {
  readonly #parts: PipeServerParts;
  readonly #ending = new AbortController();
  readonly #answers = new Set<Promise<void>>();
  readonly #waiters = new Set<PipeWaiter>();
  readonly #running: Promise<void>;
  #identity: PipeIdentity;

  constructor(parts: PipeServerParts) {
    this.#parts = parts;
    this.#identity = parts.identity;
    this.#running = this.#run();
  }

  get target(): string {
    return this.#parts.target;
  }

  /** Which pipe is at the path at this moment. */
  get identity(): PipeIdentity {
    return this.#identity;
  }

  /** Whether readers can still come. */
  async isServing(): Promise<boolean> {
    return !this.#ending.signal.aborted && this.#parts.system.isThere(this.target, this.#identity);
  }

  /** Ends without waiting for readers, and removes the pipe if it is still there. */
  async end(): Promise<void> {
    this.#stop();
    await this.#running;
    await Promise.allSettled(this.#answers);
    await this.#parts.system.remove(this.target, this.#identity);
  }

  #stop(): void {
    this.#ending.abort();
    for (const waiter of this.#waiters) waiter.end();
  }

  async #run(): Promise<void> {
    const { clock, onLost } = this.#parts;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const isServed = await this.#serveOne().catch(() => false);
      if (!isServed) break;
      await pause(clock, PAUSE_MS, signal);
    }
    if (signal.aborted) return;
    this.#stop();
    onLost();
  }

  /** Waits for a reader and begins to answer; false: the pipe is gone. */
  async #serveOne(): Promise<boolean> {
    const { system, target, stays } = this.#parts;
    const own = this.#identity;
    const waiter = await system.wait(target, own);
    this.#waiters.add(waiter);
    const watching = waiter.onMoved(() => {
      waiter.end();
    });
    if (this.#ending.signal.aborted) waiter.end();
    const isOpened = await waiter.opened;
    await watching.dispose();
    if (!isOpened || this.#ending.signal.aborted) {
      waiter.end();
      this.#waiters.delete(waiter);
      return false;
    }
    const answer = this.#answer(waiter, own);
    this.#answers.add(answer);
    void answer.finally(() => {
      this.#answers.delete(answer);
      this.#waiters.delete(waiter);
    });
    const fresh = stays() ? null : await system.renew(target, own);
    if (fresh !== null) this.#identity = fresh;
    if (fresh === null) await answer;
    else if (this.#answers.size >= MOST_AT_ONCE) await Promise.race(this.#answers);
    return fresh !== null || system.isThere(target, own);
  }

  async #answer(waiter: PipeWaiter, own: PipeIdentity): Promise<void> {
    const { system, target, content, onRead } = this.#parts;
    const [readers, bytes] = await Promise.all([
      system.readers(target, own, [waiter.pid]).catch(() => []),
      content().catch(() => Buffer.alloc(0)),
    ]);
    await waiter.send(bytes);
    bytes.fill(0);
    waiter.end();
    onRead({ readers, identity: this.#identity });
  }
}
