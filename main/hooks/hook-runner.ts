import path from 'node:path';
import type { HookId } from '../../contract/ids.ts';
import type { ReadCredentials } from '../credentials/ports.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ActivityStore, HookStore } from '../store/ports.ts';
import type { HookRecord } from '../store/records.ts';
import { payload } from './payload.ts';
import type { HookEvent, RunningHook, StartProgram } from './ports.ts';
import { runMessage, succeeded } from './run-message.ts';

export type HookOutcome = NonNullable<HookRecord['last']>;

export interface HookRunnerParts {
  hooks: HookStore;
  readCredentials: ReadCredentials;
  activity: Pick<ActivityStore, 'append'>;
  start: StartProgram;
  clock: Clock;
  logger: Logger;
}

/** Runs single hooks, and keeps how they ended. */
export class HookRunner {
  readonly #parts: HookRunnerParts;
  readonly #running = new Map<HookId, RunningHook>();
  #ended = false;

  constructor(parts: HookRunnerParts) {
    this.#parts = parts;
  }

  /** Fails, with nothing run, where the program should have a token and there is none now, or when no program may begin any more. */
  async run(hook: HookRecord, event: HookEvent): Promise<Result<HookOutcome>> {
    const token = await this.#tokenFor(hook, event);
    if (!token.ok) return token;
    // A refresh may have taken a while: a program that begins now would be left behind.
    if (this.#ended || this.#parts.hooks.get(hook.id) === null)
      return fail('cancelled', 'The hook was removed, or Tokentray is shutting down.');
    const { clock, start } = this.#parts;
    const limitMs = hook.timeoutSeconds * 1000;
    const startedMs = clock.monotonicMs();
    const { program, args } = hook;
    const running = start({ program, args, input: payload(event, token.value), limitMs });
    this.#running.set(hook.id, running);
    const ended = await running.ended;
    if (this.#running.get(hook.id) === running) this.#running.delete(hook.id);
    const outcome = {
      at: clock.now(),
      ok: succeeded(ended),
      durationMs: Math.round(clock.monotonicMs() - startedMs),
      message: runMessage(ended, token.value, limitMs),
    };
    this.#keep(hook, event, outcome);
    return ok(outcome);
  }

  /** It could not be run. */
  failed(hook: HookRecord, event: HookEvent, message: string): void {
    this.#keep(hook, event, { at: this.#parts.clock.now(), ok: false, durationMs: 0, message });
  }

  kill(id: HookId, signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#running.get(id)?.kill(signal);
  }

  /** No program begins any more. */
  end(): void {
    this.#ended = true;
  }

  killAll(signal: 'SIGTERM' | 'SIGKILL'): boolean {
    for (const running of this.#running.values()) running.kill(signal);
    return this.#running.size > 0;
  }

  async allEnded(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  async #tokenFor({ withToken }: HookRecord, { connection }: HookEvent): Promise<Result<string | null>> {
    if (!withToken || connection === null) return ok(null);
    const credentials = await this.#parts.readCredentials(connection.id, 0);
    return credentials.ok ? ok(credentials.value.accessToken) : failure(credentials.error);
  }

  #keep(run: HookRecord, event: HookEvent, outcome: HookOutcome): void {
    const { hooks, logger } = this.#parts;
    // Read again: it may have been paused or removed since.
    const hook = hooks.get(run.id);
    if (hook === null) return;
    // Said once, and once when it works again: a broken hook must not fill the activity.
    const isNews = outcome.ok
      ? hook.last?.ok === false
      : hook.last?.ok !== false || hook.last.message !== outcome.message;
    const saved = hooks.save({ ...hook, last: outcome });
    if (!saved.ok) logger.warn('hook.not-saved', { id: hook.id, code: saved.error.code });
    if (isNews) this.#log(hook, event, outcome);
  }

  #log({ program }: HookRecord, { event, connection, export: file }: HookEvent, outcome: HookOutcome): void {
    const { activity, clock } = this.#parts;
    const name = path.basename(program);
    activity.append({
      at: isoTime(clock.now()),
      level: outcome.ok ? 'info' : 'warning',
      event: outcome.ok ? 'hook.recovered' : 'hook.failed',
      message: outcome.ok
        ? `The hook “${name}” (${event}) works again.`
        : `The hook “${name}” (${event}) failed. ${outcome.message}`,
      connection: connection?.id ?? null,
      export: file?.id ?? null,
    });
  }
}
