import type { CallInput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';

export type Consent = Pick<CallInput<'exports.add'>, 'allowDuplicateKeys' | 'allowSharedFolder'>;

/** What the core does only with explicit consent, and the label of the button that gives it. */
export const CONSENTS: Partial<Record<Failure['code'], { action: string; allows: Consent }>> = {
  'duplicate-key': { action: 'Keep both', allows: { allowDuplicateKeys: true } },
  'shared-folder': { action: 'Write there anyway', allows: { allowSharedFolder: true } },
};

export const NOT_ABSOLUTE: Failure = {
  code: 'invalid-input',
  message: 'This is not a full path.',
  hint: 'Enter a full path, for example /home/ana/project/.env.',
};
