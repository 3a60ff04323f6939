import type { Clock } from '../../../lib/clock.ts';
import { disposable, type Disposable } from '../../../lib/disposable.ts';
import type { Logger } from '../../../lib/log.ts';
import { fail, ok, type Result } from '../../../lib/result.ts';
import type { LocalProgram, ProgramPlace, ProgramPorts, RunningProgram } from './ports.ts';

const LOOK_EVERY_MS = 250;
/** The first start may have to fetch the program. */
const READY_LIMIT_MS = 90_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** After so long the next end is the first one again. */
const STEADY_MS = 120_000;

/** How long to wait before the start after so many ends in a row. Pure. */
export const restartPauseMs = (ends: number): number =>
  ends <= 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (ends - 1), LONGEST_PAUSE_MS);

export interface WatchedProgramOptions {
  program: LocalProgram;
  place: ProgramPlace;
  ports: ProgramPorts;
  clock: Clock;
  logger: Logger;
}

/** One program: started on first use, started again when it ends by itself, ended with us. */
export class WatchedProgram implements Disposable {
  readonly #options: WatchedProgramOptions;
  #running: { program: RunningProgram; exit: Disposable } | null = null;
  #address: Promise<Result<URL>> | null = null;
  #ends = 0;
  #startedMs = 0;
  #disposed = false;
  readonly #pauses = new Set<() => void>();

  constructor(options: WatchedProgramOptions) {
    this.#options = options;
  }

  /** Where it listens, once it does. Fails with `unsupported` (not installed), `temporary` or `cancelled`. */
  address(): Promise<Result<URL>> {
    if (this.#address !== null) return this.#address;
    const address = this.#start();
    this.#address = address;
    // What failed is tried again by the next one who asks.
    void address.then((result) => {
      if (!result.ok && this.#address === address) this.#address = null;
    });
    return address;
  }

  dispose(): void {
    this.#disposed = true;
    for (const wake of [...this.#pauses]) wake();
    this.#end();
  }

  async #start(): Promise<Result<URL>> {
    const { program, place, ports, clock, logger } = this.#options;
    await this.#pause(restartPauseMs(this.#ends));
    const port = await ports.freePort();
    if (this.#disposed) return fail('cancelled', 'Tokentray is ending.');
    const environment = { ...program.environment, ...place };
    const running = ports.start(program.commands, program.arguments(port), environment);
    if (running === null)
      return fail('unsupported', `${program.name} is not installed.`, program.installHint);
    this.#startedMs = clock.monotonicMs();
    const exit = running.onExit(() => {
      this.#ended(running);
    });
    this.#running = { program: running, exit };
    logger.info('mcp.program-started', { program: program.name });
    for (let waited = 0; waited < READY_LIMIT_MS; waited += LOOK_EVERY_MS) {
      if (this.#isOther(running))
        return fail('temporary', `${program.name} ended while it was starting.`, 'Try again in a moment.');
      if (await ports.listens(port)) return ok(new URL(`http://127.0.0.1:${port}${program.path}`));
      await this.#pause(LOOK_EVERY_MS);
    }
    this.#ends += 1;
    this.#end();
    return fail('temporary', `${program.name} did not start in time.`, 'Try again in a moment.');
  }

  #isOther(running: RunningProgram): boolean {
    return this.#running?.program !== running;
  }

  #ended(running: RunningProgram): void {
    if (this.#running?.program !== running) return;
    const { clock, logger, program } = this.#options;
    const wasReady = this.#address !== null;
    void this.#running.exit.dispose();
    this.#running = null;
    this.#ends = clock.monotonicMs() - this.#startedMs > STEADY_MS ? 1 : this.#ends + 1;
    this.#address = null;
    logger.warn('mcp.program-ended', { program: program.name, ends: this.#ends });
    if (wasReady && !this.#disposed) void this.address();
  }

  #end(): void {
    const running = this.#running;
    this.#running = null;
    this.#address = null;
    void running?.exit.dispose();
    running?.program.end();
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#disposed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        void timer.dispose();
        this.#pauses.delete(wake);
        resolve();
      };
      const timer = this.#options.clock.setTimeout(wake, ms);
      this.#pauses.add(wake);
    });
  }
}

/** The same program for different places. */
export class WatchedPrograms implements Disposable {
  readonly #options: Omit<WatchedProgramOptions, 'place'>;
  readonly #programs = new Map<string, WatchedProgram>();
  readonly #all = disposable(() => {
    for (const program of this.#programs.values()) program.dispose();
  });

  constructor(options: Omit<WatchedProgramOptions, 'place'>) {
    this.#options = options;
  }

  address(place: ProgramPlace): Promise<Result<URL>> {
    const key = JSON.stringify(Object.entries(place).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.#programs.get(key);
    if (known) return known.address();
    if (this.#programs.size >= MOST_PROGRAMS)
      return Promise.resolve(
        fail(
          'temporary',
          `${this.#options.program.name} runs for too many sites already.`,
          'Restart Tokentray.',
        ),
      );
    const program = new WatchedProgram({ ...this.#options, place });
    this.#programs.set(key, program);
    return program.address();
  }

  /** The next one who asks starts them again. */
  endAll(): void {
    for (const program of this.#programs.values()) program.dispose();
    this.#programs.clear();
  }

  dispose(): void {
    void this.#all.dispose();
  }
}

/** Each takes about 100 MB. */
const MOST_PROGRAMS = 8;
