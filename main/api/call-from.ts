import type { Socket } from 'node:net';
import type { Caller } from '../../contract/vocabulary.ts';
import type { Consumer } from '../consumers/ports.ts';

/** Where a call comes from. */
export interface CallFrom {
  readonly caller: Caller;
  /** The client's connection to the local socket, through which its process can be found; only for `cli`. */
  readonly socket?: Socket | undefined;
  /** Aborts when the client leaves before it has its answer. Without it, nobody notices. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the client, if it wants to know, that the person has to decide first. */
  waitsForPerson?(): void;
  /** Whose key came with the call, where a caller needs one. */
  readonly consumer?: Consumer | undefined;
}

/** A window of ours; what the person does there is not asked about again. */
export const FROM_WINDOW: CallFrom = { caller: 'window' };
