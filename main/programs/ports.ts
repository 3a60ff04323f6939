import type { Socket } from 'node:net';
import type { AskingProgram, GrantView } from '../../contract/grants.ts';
import type { ConnectionId, GrantId } from '../../contract/ids.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { ProgramIdentity } from '../store/records.ts';

/** Who connected to the local socket, as the system knows it. The process may have ended since. */
export interface Peer {
  /** 0: outside of our PID namespace. */
  readonly pid: number;
  readonly uid: number;
}

/** Null where the system does not say. Never rejects. */
export type AskPeer = (socket: Socket) => Promise<Peer | null>;

/** A process as it is now. Its name, arguments and folder are its own to choose. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** When, on the clock of `Processes.nowMs`: another process with the same number began later. */
  readonly beganMs: number;
  readonly name: string;
  /** Real path; null: not shown to us. */
  readonly executable: string | null;
  readonly argv: readonly string[];
  /** Its working folder. */
  readonly folder: string | null;
  /** Number of its terminal session; null where the system does not say. */
  readonly session: number | null;
  /** Its file system is not ours. */
  readonly contained: boolean;
  /** Files that shells read their script from. */
  readonly scripts: readonly string[];
}

/** What runs on this machine. Never rejects. */
export interface Processes {
  look(pid: number): Promise<ProcessFacts | null>;
  /** The same as in `look`, alone. */
  began(pid: number): Promise<number | null>;
  /** What time it is on the system's clock of processes; null where it does not say. */
  nowMs(): Promise<number | null>;
  /** Where it looks for programs; null where the system does not say. */
  searchPath(pid: number): Promise<string | null>;
}

/** A terminal session: its first process, and what that is in words. */
export interface ProgramSession {
  readonly leader: number;
  readonly beganMs: number;
  readonly words: string;
}

/** The program that asks. */
export interface Asking {
  readonly program: AskingProgram;
  /** Null: it cannot be known again, so an answer holds only once. */
  readonly identity: ProgramIdentity | null;
  /** Its terminal session, for as long as that exists; null: not known. */
  readonly session: ProgramSession | null;
}

/** Never rejects. */
export type WhoAsks = (socket: Socket | undefined) => Promise<Asking>;

export interface ProgramRequest {
  readonly socket: Socket | undefined;
  /** Aborts when the program leaves. */
  readonly signal: AbortSignal | undefined;
  readonly connection: { readonly id: ConnectionId; readonly name: string };
  /** What it wants, as a sentence without its full stop, such as `Get the access token`. */
  readonly what: string;
  /** Called when the person has to be waited for. */
  readonly onWait: () => void;
}

/** Programs at the local socket that ask for what a connection holds. */
export interface Approvals {
  readonly onChange: Event<void>;
  /** Whether programs need the person's approval. Costs nothing. */
  asks(connection: ConnectionId): boolean;
  /**
   * Waits for the person unless it was answered before. Fails with `denied`, `timed-out` (nobody answered), `limited` or
   * `cancelled` (the program left).
   */
  admit(request: ProgramRequest): Promise<Result<void>>;
  setAsks(connection: { id: ConnectionId; name: string }, asks: boolean): Result<void>;
  /** Without those that have ended. */
  list(): Promise<GrantView[]>;
  /** The same, but sessions may have ended. */
  known(): GrantView[];
  /** The ids of those that there were. */
  revoke(ids: readonly GrantId[]): Result<GrantId[]>;
  /** Nobody is asked about it any longer. */
  connectionRemoved(): void;
  /** It cannot be put back: what was answered about it is forgotten. */
  connectionPurged(id: ConnectionId): void;
}
