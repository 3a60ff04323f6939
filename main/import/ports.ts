import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { ClearFile } from '../../contract/import.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ForgetsSecrets } from '../lib/forgets-secrets.ts';
import type { Result } from '../lib/result.ts';

/** Moving in from other programs. Their files and items are never changed. */
export interface Imports extends Disposable, ForgetsSecrets {
  /** Fails with `invalid-input` for a file that the source does not read, `not-found` for one that is not there. */
  find(request: CallInput<'import.find'>): Promise<Result<CallOutput<'import.find'>>>;
  /** Known files in which secrets can be read. Asks no keychain, and what `find` found can still be taken. */
  clearFiles(): Promise<ClearFile[]>;
  /** One result for each id, in order. Fails only when nothing can be stored. */
  take(request: CallInput<'import.take'>): Promise<Result<CallOutput<'import.take'>>>;
}
