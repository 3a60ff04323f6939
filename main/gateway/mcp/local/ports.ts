import type { CredentialHeader } from '../../../credentials/sent.ts';
import type { Event } from '../../../lib/emitter.ts';
import type { Result } from '../../../lib/result.ts';
import type { ConnectionRecord } from '../../../store/records.ts';

/** Which instances a started program is for, as its environment says it. Those that are alike share one. */
export type ProgramPlace = Readonly<Record<string, string>>;

/** An MCP server that is a program of this machine, which takes credentials with each request. */
export interface LocalProgram {
  readonly name: string;
  /** In the order to try, without arguments. */
  readonly commands: readonly (readonly string[])[];
  arguments(port: number): readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it listens for messages. */
  readonly path: string;
  /** What to install when none of its commands is there. */
  readonly installHint: string;
  place(connection: ConnectionRecord): ProgramPlace;
  /** How it takes a connection's credential. Fails with `unsupported`. */
  header(connection: ConnectionRecord, header: CredentialHeader): Result<CredentialHeader>;
}

export interface RunningProgram {
  readonly onExit: Event<void>;
  /** Ends it and what it started. */
  end(): void;
}

/** The outside of programs. */
export interface ProgramPorts {
  /** Null: none of the commands is on this machine. Its output goes nowhere: it may hold anything. */
  start(
    commands: readonly (readonly string[])[],
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): RunningProgram | null;
  freePort(): Promise<number>;
  /** Whether something listens at this port of 127.0.0.1. */
  listens(port: number): Promise<boolean>;
}
