import type { Failure } from '../../../contract/errors.ts';
import type { UpdateState } from '../../../contract/updates.ts';
import type { Updater } from '../../core/host.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import { deadline } from '../../lib/deadline.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/log.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { UpdateEngine } from './update-engine.ts';
import { UpdateStalled, updateFailure } from './update-failure.ts';
import type { PackageKind, UpdateSupport } from './update-support.ts';

const CHECK_LIMIT_MS = 30_000;
/** How long a download may stay without progress. */
const STALL_LIMIT_MS = 60_000;

export interface UpdaterParts {
  support: UpdateSupport;
  /** Creates an engine; called for the first check, and again after a failure. */
  engine: (kind: PackageKind, feed: string) => Promise<UpdateEngine>;
  /** Called before installing, which closes the window for good, and again with false if that fails. */
  setEnding: (ending: boolean) => void;
  clock: Clock;
  logger: Logger;
}

/** Updates one step at a time, each at the user's request. */
export const createUpdater = (parts: UpdaterParts): Updater => new StepwiseUpdater(parts);

class StepwiseUpdater implements Updater {
  readonly #parts: UpdaterParts;
  readonly #changed = new Emitter<UpdateState>();
  readonly onChange: Event<UpdateState> = this.#changed.event;
  #state: UpdateState;
  #engine: UpdateEngine | null = null;
  #checking: Promise<UpdateState> | null = null;

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
    const { support } = parts;
    this.#state = support.supported ? { state: 'idle' } : { state: 'unsupported', why: support.why };
  }

  get state(): UpdateState {
    return this.#state;
  }

  async check(): Promise<Result<UpdateState>> {
    const { support } = this.#parts;
    const { state } = this.#state;
    if (!support.supported || state === 'downloading' || state === 'ready') return ok(this.#state);
    this.#checking ??= this.#check(support).finally(() => (this.#checking = null));
    return ok(await this.#checking);
  }

  download(): Result<UpdateState> {
    const engine = this.#engine;
    const available = this.#state;
    if (available.state !== 'available' || engine === null)
      return fail('conflict', 'There is no new version to download.', 'Check for updates first.');
    const { version, asksForPassword } = available;
    const downloading = this.#set({ state: 'downloading', version, percent: 0 });
    void this.#download(engine, version).then(
      () => this.#set({ state: 'ready', version, asksForPassword }),
      (fault: unknown) => this.#failed('download', fault),
    );
    return ok(downloading);
  }

  install(): Result<UpdateState> {
    if (this.#state.state !== 'ready' || this.#engine === null)
      return fail('conflict', 'There is no new version to install.', 'Download it first.');
    const { logger, setEnding } = this.#parts;
    logger.info('updates.install', { version: this.#state.version });
    setEnding(true);
    this.#engine.install((fault) => {
      setEnding(false);
      this.#failed('install', fault);
    });
    return ok(this.#state);
  }

  async #check(support: Extract<UpdateSupport, { supported: true }>): Promise<UpdateState> {
    const { clock, logger, engine } = this.#parts;
    this.#set({ state: 'checking' });
    try {
      this.#engine ??= await engine(support.kind, support.feed);
      const version = await withTimeout(clock, CHECK_LIMIT_MS, this.#engine.check());
      if (version === null) return this.#set({ state: 'none', checkedAt: isoTime(clock.now()) });
      logger.info('updates.available', { version });
      return this.#set({ state: 'available', version, asksForPassword: support.asksForPassword });
    } catch (fault) {
      return this.#failed('check', fault);
    }
  }

  async #download(engine: UpdateEngine, version: string): Promise<void> {
    const abort = new AbortController();
    let stall: Disposable = this.#stallTimer(abort);
    let shown = 0;
    try {
      await engine.download((percent) => {
        void stall.dispose();
        stall = this.#stallTimer(abort);
        if (percent === shown) return;
        shown = percent;
        this.#set({ state: 'downloading', version, percent });
      }, abort.signal);
    } catch (fault) {
      throw abort.signal.aborted ? new UpdateStalled() : fault;
    } finally {
      void stall.dispose();
    }
  }

  #stallTimer(abort: AbortController): Disposable {
    return deadline(this.#parts.clock, STALL_LIMIT_MS, () => {
      abort.abort();
    });
  }

  #failed(step: string, fault: unknown): UpdateState {
    const error: Failure = updateFailure(fault);
    this.#parts.logger.warn('updates.failed', { step, code: error.code });
    // A broken engine is not used again; the next check creates a new one.
    this.#engine?.abandon();
    this.#engine = null;
    return this.#set({ state: 'failed', error });
  }

  #set(state: UpdateState): UpdateState {
    this.#state = state;
    this.#changed.emit(state);
    return state;
  }
}

async function withTimeout<T>(clock: Clock, limitMs: number, work: Promise<T>): Promise<T> {
  let limit: Disposable | null = null;
  const stalled = new Promise<never>((_resolve, reject) => {
    limit = deadline(clock, limitMs, () => {
      reject(new UpdateStalled());
    });
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    void (limit as Disposable | null)?.dispose();
  }
}
