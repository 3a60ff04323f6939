import type { CallInput } from '../../../contract/calls.ts';
import type { FolderBinding } from '../../../contract/folder.ts';
import type { Event } from '../../lib/emitter.ts';
import type { Result } from '../../lib/result.ts';
import type { ConnectionRecord } from '../../store/records.ts';

/**
 * The connection that a folder is bound to; null: to none. Of several, the first that opens `api`, else the first. A file
 * that is not believed, or that names no connection of this person, is a failure: never null.
 */
export type BoundTo = (folder: string, api?: string) => Result<ConnectionRecord | null>;

/** Which folders are bound to which connections, by files in them. */
export interface Folders {
  /** What one of them is bound to was changed here. Not for what others change; see `watchFolders`. */
  readonly onChange: Event<void>;
  readonly boundTo: BoundTo;
  find(folder: string): Result<FolderBinding | null>;
  /** Those that were bound by `bind`, by their own files; without those that are gone. */
  list(): Result<FolderBinding[]>;
  bind(request: CallInput<'folders.bind'>): Promise<Result<FolderBinding>>;
  unbind(
    request: CallInput<'folders.unbind'>,
  ): Promise<Result<{ file: string; binding: FolderBinding | null }>>;
}
