import type { CallInput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportFormat, ExportMode, ExportView, PresetName } from '../../contract/export.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { ErrorCode } from '../../contract/vocabulary.ts';

export type Consent = Pick<CallInput<'exports.add'>, 'allowDuplicateKeys' | 'allowSharedFolder'>;

/** What the core does only with explicit consent, and the label of the button that gives it. */
export const CONSENTS: Partial<Record<ErrorCode, { action: string; allows: Consent }>> = {
  'duplicate-key': { action: 'Keep both', allows: { allowDuplicateKeys: true } },
  'shared-folder': { action: 'Write there anyway', allows: { allowSharedFolder: true } },
};

/** Values of the “Follows” list: a connection's id, or `active:` followed by a provider's id. */
export const ACTIVE = 'active:';

/** The “Follows” list’s value for the connection that the file’s folder is bound to. */
export const FOLDER = 'folder';

/** Initial values of the form. */
export interface ExportDraft {
  file: string;
  preset: PresetName;
  /** Null: the one that the file's name stands for. */
  format: ExportFormat | null;
  /** Null: beside other lines where the format can have that. */
  mode: Exclude<ExportMode, 'block'> | null;
  /** Kept as it is; what changes it is the check that finds a container. */
  inPlace: boolean;
  /** A value of the “Follows” list. */
  follows: string;
  /** The connection that its folder is bound to, for one that follows that. */
  folder?: ConnectionId | undefined;
  /** Why it is not written now. */
  failure?: Failure | undefined;
}

export function followsOf({ target }: ExportView): string {
  if (target.follows === 'folder') return FOLDER;
  return target.follows === 'connection' ? target.connection : `${ACTIVE}${target.provider}`;
}

/** The provider whose active connection is followed; null: it is another kind of following. */
export const activeProviderOf = (follows: string): ProviderId | null =>
  follows.startsWith(ACTIVE) ? (follows.slice(ACTIVE.length) as ProviderId) : null;

/** The id of the connection that a value of the “Follows” list means at this moment; empty: none. */
export function followedNow(
  follows: string,
  draft: Pick<ExportDraft, 'folder'>,
  connections: Iterable<Pick<ConnectionView, 'id' | 'active' | 'provider'>>,
): string {
  if (follows === FOLDER) return draft.folder ?? '';
  const wanted = activeProviderOf(follows);
  if (wanted === null) return follows;
  return [...connections].find(({ active, provider }) => active && provider === wanted)?.id ?? '';
}

/** The fields of the form, by the names that the core has for what they ask. */
export const EXPORT_FIELDS = ['file', 'preset', 'format', 'connection', 'mode'] as const;
export type ExportField = (typeof EXPORT_FIELDS)[number];

/** Which field a failure is about, where the core does not say: what it could not do with the file, or with the token. */
const BY_CODE: Partial<Record<ErrorCode, ExportField>> = {
  io: 'file',
  refused: 'file',
  conflict: 'file',
  'not-found': 'file',
  'duplicate-key': 'file',
  'shared-folder': 'file',
  unsupported: 'preset',
  'needs-reconnect': 'connection',
  'missing-scope': 'connection',
  misconfigured: 'connection',
  offline: 'connection',
  temporary: 'connection',
};

/** The failure with the field that it is about; one that is about none of them as it is. */
export const atField = (failure: Failure): Failure => {
  const field = failure.field ?? BY_CODE[failure.code];
  return field === undefined ? failure : { ...failure, field };
};
