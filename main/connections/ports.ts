import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { MaskedCredentials, ReadCredentials } from '../credentials/ports.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { SaveSignedIn } from '../signin/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** How the one attempt to end a grant at the provider went. */
export interface Removal {
  id: ConnectionId;
  revocation: 'not-asked' | 'accepted' | 'failed' | 'unsupported';
  /** Where the person can end the grant by hand. */
  manageUrl: string | null;
}

/** Where a caller that names no connection is. */
export interface From {
  /** Absolute path. */
  folder?: string | undefined;
  /** Which API it asks for: of several connections of a folder, the one that opens it is meant. */
  api?: string | undefined;
}

/** The connections a person has. References are an id or a name; failures are `not-found` or `ambiguous`. */
export interface Connections {
  /** A view may have changed: record, status or next refresh. */
  readonly onChange: Event<ConnectionId>;
  readonly onRemoved: Event<ConnectionId>;
  /** After it was removed, and can no longer be put back. */
  readonly onPurged: Event<ConnectionId>;
  readonly onActiveChanged: Event<ProviderId>;
  list(): ConnectionView[];
  view(id: ConnectionId): Result<ConnectionView>;
  /** Without a reference: the one that the folder is bound to, else the active connection. */
  resolve(reference: string | undefined, from?: From): Result<ConnectionRecord>;
  saveSignedIn: SaveSignedIn;
  use(reference: string): Result<ConnectionView>;
  setSite(reference: string, site: string): Result<ConnectionView>;
  rename(reference: string, name: string): Result<ConnectionView>;
  pause(reference: string, paused: boolean): Result<ConnectionView>;
  /** At once and for good. */
  remove(reference: string, revoke: boolean): Promise<Result<Removal>>;
  /** Removes it, but keeps it, encrypted and unused, until `undoUntil`, epoch ms. */
  setAside(reference: string): Result<Removal & { undoUntil: number }>;
  /** Puts these back that were set aside, as far as it is not too late; without any, undoes the newest removal or use. */
  undo(ids?: readonly ConnectionId[]): Result<CallOutput<'connections.undo'>>;
  /** Changes nothing, except that a token that ended before its time is refreshed once. */
  test(reference: string | undefined, from?: From): Promise<Result<CallOutput<'connections.test'>>>;
  readCredentials: ReadCredentials;
  maskedCredentials: MaskedCredentials;
}
