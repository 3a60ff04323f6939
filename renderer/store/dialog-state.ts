import type { CallInput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ConnectionId, ExportId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { ClientUse } from '../../contract/setup-steps.ts';
import type { DamagedRecord } from '../../contract/status.ts';
import type { GatewayDialogState } from './gateway-state.ts';

/** A file that was dropped on the window. Browsers reveal only its name. */
export interface DroppedFile {
  name: string;
  path: string | null;
}

/** The guide that registers an OAuth client, or changes one. Secrets are never part of it. */
export interface GuideState {
  /** Null: a new one. */
  client: OAuthClientId | null;
  use: ClientUse;
  /** What was refused the last time; its field says in which step it is mended. */
  fault: Failure | null;
  /** Those that were chosen last; null: the client’s, or the provider’s usual ones. */
  scopes: readonly string[] | null;
}

/** An OAuth client as the guide saves it. */
export type ClientSave =
  | { kind: 'add'; request: CallInput<'clients.add'> }
  | { kind: 'change'; request: CallInput<'clients.change'> }
  | { kind: 'add-file'; request: CallInput<'clients.add-file'> };

/** Which dialog is open. It refers to connections and the like by id, so that it always shows their current state. */
export type DialogState =
  | {
      kind: 'connect';
      reconnect: ConnectionId | null;
      signIn: SignInId | null;
      /** Selected at first; the first one if left out. */
      provider?: ProviderId;
      starting: boolean;
      error: Failure | null;
      /** The guide to an OAuth client, in place of the form. */
      guide?: GuideState;
    }
  | { kind: 'add-export'; connection: ConnectionId | null; dropped?: DroppedFile }
  | { kind: 'edit-export'; export: ExportId }
  | { kind: 'remove-export'; export: ExportId }
  | { kind: 'rename'; connection: ConnectionId }
  | { kind: 'change-site'; connection: ConnectionId }
  | { kind: 'request-permissions'; connection: ConnectionId }
  | { kind: 'remove'; connection: ConnectionId }
  | { kind: 'remove-several'; connections: readonly ConnectionId[] }
  | {
      kind: 'removed';
      name: string;
      outcome: 'accepted' | 'failed' | 'unsupported';
      manageUrl: string | null;
    }
  | { kind: 'import' }
  /** `file`: what was dropped or pasted. Its text, which may hold a secret, is read only when it is sent. */
  | { kind: 'add-provider'; file: File | null }
  | { kind: 'add-preset'; file: File | null }
  /** `file`: what was dropped on it. */
  | { kind: 'add-client'; provider: ProviderId; file?: File }
  | { kind: 'edit-client'; client: OAuthClientId }
  | { kind: 'remove-client'; client: OAuthClientId }
  | { kind: 'remove-damaged'; record: DamagedRecord }
  | { kind: 'back-up' }
  | { kind: 'restore' }
  | { kind: 'find-again' }
  /** `of`: only what can be done with this one. */
  | { kind: 'palette'; of: ConnectionId | null }
  | { kind: 'keys' }
  | GatewayDialogState;
