import type { CallInput } from '../../contract/calls.ts';
import type { HookRun, HookView } from '../../contract/hook.ts';
import type { ConnectionId, ExportId, HookId, ProviderId } from '../../contract/ids.ts';
import type { HookEventName } from '../../contract/vocabulary.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';

/** Something that happened, and is stored by now. */
export interface HookEvent {
  readonly event: HookEventName;
  /** Epoch ms. */
  readonly at: number;
  /** As it was last, if it is gone. */
  readonly connection: {
    readonly id: ConnectionId;
    readonly name: string;
    readonly provider: ProviderId;
  } | null;
  readonly export: { readonly id: ExportId; readonly file: string } | null;
  /** Of `connection-gone`. */
  readonly reason?: 'needs-reconnect' | 'removed';
  /** Nothing happened: a person tries the hook. */
  readonly test?: true;
}

/** Programs that are run after events. None of them delays or fails what it follows. */
export interface Hooks extends Disposable {
  /** A hook was added, changed or removed, or ran. */
  readonly onChange: Event<void>;
  list(): HookView[];
  /** Fails with `not-found`, `ambiguous`, `invalid-input` or `io`. */
  add(input: CallInput<'hooks.add'>): Result<HookView>;
  remove(reference: string): Result<{ id: HookId }>;
  setPaused(reference: string, paused: boolean): Result<HookView>;
  /** Fails with `conflict` for one that is paused or running, or with what keeps the token from it. */
  test(reference: string): Promise<Result<HookRun>>;
}

export interface ProgramRequest {
  program: string;
  args: readonly string[];
  /** What it reads. */
  input: string;
  limitMs: number;
}

/** How a program ended. */
export type ProgramEnd =
  | { kind: 'exited'; code: number | null; signal: string | null }
  | { kind: 'not-started'; code: string }
  /** Every user of the machine could have put another program there. */
  | { kind: 'refused'; place: string }
  | { kind: 'timed-out' };

export interface ProgramOutcome {
  end: ProgramEnd;
  /** The first kilobytes that it wrote to standard error. */
  stderr: string;
  /** There was more. */
  cut: boolean;
}

export interface RunningHook {
  readonly ended: Promise<ProgramOutcome>;
  /** Signals it and all that it started, as long as it has not ended. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts programs, each in a process group of its own, which ends with it or at the limit. */
export type StartProgram = (request: ProgramRequest) => RunningHook;
