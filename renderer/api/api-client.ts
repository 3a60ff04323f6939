import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { ShowTarget } from '../../contract/show.ts';

/** The result of a call: its output, or a failure that can be shown to the user. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/**
 * State of the connection to the core: `live` after each (re)connection, `down` while it does not answer and is
 * retried, `refused` if it answers but no longer knows this page.
 */
export type LinkState = 'live' | 'down' | 'refused';

/** The core as the page sees it, whatever the transport. */
export interface ApiClient {
  /** Never rejects: a core that does not answer is a `not-reachable` failure. */
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<Reply<CallOutput<K>>>;
  /** Receives every change until the returned function is called; reconnects automatically. */
  subscribe(listener: (event: CoreEvent) => void, onState: (state: LinkState) => void): () => void;
}

/** What the desktop app's preload script adds to the calls. */
export interface DesktopBridge extends ApiClient {
  /** Receives what the tray or a notification asks the window to show, until the returned function is called. */
  readonly onShow: (listener: (target: ShowTarget) => void) => () => void;
  /** Absolute path of a file that was dropped on the window; empty if it has none. */
  readonly pathOf: (file: File) => string;
}
