import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { ShowTarget } from '../../contract/show.ts';

/** A call's answer: its output, or what went wrong in words for a person. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/**
 * Whether the core is heard: `live` after each (re)connection, `down` while it does not answer and is tried
 * again, `refused` when it answers but does not know this page any more.
 */
export type LinkState = 'live' | 'down' | 'refused';

/** The core as the page sees it, whatever carries the calls. */
export interface ApiClient {
  /** Never rejects: a core that does not answer is a `not-reachable` failure. */
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<Reply<CallOutput<K>>>;
  /** Hears every change until the returned function is called; reconnects by itself. */
  subscribe(listener: (event: CoreEvent) => void, onState: (state: LinkState) => void): () => void;
}

/** What a desktop shell's preload puts beside the calls. */
export interface DesktopBridge extends ApiClient {
  /** Hears what the tray or a notification asks the window to show, until the returned function is called. */
  readonly onShow: (listener: (target: ShowTarget) => void) => () => void;
  /** Absolute path of a file that was dropped on the window; empty when it has none. */
  readonly pathOf: (file: File) => string;
}
